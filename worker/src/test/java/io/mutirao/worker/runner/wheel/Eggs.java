package io.mutirao.worker.runner.wheel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Eggs, as setuptools made them: a module and what is known of it, in a zip file. */
final class Eggs {

  static Path make(Path folder, String name, String code) throws IOException {
    Path egg = folder.resolve(name + "-1.0-py3.egg");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(egg))) {
      add(zip, name + ".py", code);
      add(
          zip,
          "EGG-INFO/PKG-INFO",
          "Metadata-Version: 1.0\nName: %s\nVersion: 1.0\n".formatted(name));
      add(zip, "EGG-INFO/zip-safe", "\n");
    }
    return egg;
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(UTF_8));
    zip.closeEntry();
  }

  private Eggs() {}
}
