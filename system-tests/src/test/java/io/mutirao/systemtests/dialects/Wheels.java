package io.mutirao.systemtests.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes wheels, as an archive of the files that pip looks at. */
final class Wheels {

  /** A wheel of one module, whose entry point {@code say} is its function {@code look}. */
  static Path make(Path folder, String name, String code) throws IOException {
    String info = name + "-1.0.dist-info/";
    Map<String, String> files = new LinkedHashMap<>();
    files.put(name + "/__init__.py", code);
    files.put(info + "METADATA", "Metadata-Version: 2.1\nName: %s\nVersion: 1.0\n".formatted(name));
    files.put(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    files.put(info + "entry_points.txt", "[console_scripts]\nsay = %s:look\n".formatted(name));
    files.put(info + "RECORD", "");
    Files.createDirectories(folder);
    Path wheel = folder.resolve(name + "-1.0-py3-none-any.whl");
    try (OutputStream out = Files.newOutputStream(wheel);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(UTF_8));
      }
    }
    return wheel;
  }

  private Wheels() {}
}
