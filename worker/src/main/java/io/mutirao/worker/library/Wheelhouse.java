package io.mutirao.worker.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** An archive of wheels that are installed together. */
final class Wheelhouse {

  /** Its wheels, in a folder beside it. */
  static List<Path> unpack(Path archive) throws IOException {
    Path folder = Files.createDirectories(archive.resolveSibling("wheelhouse"));
    List<Path> wheels = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (name.endsWith(".whl")) {
          Path wheel = folder.resolve(name);
          Files.write(wheel, in.readAllBytes());
          wheels.add(wheel);
        }
      }
    }
    if (wheels.isEmpty()) {
      throw new IOException(archive.getFileName() + " holds no wheel");
    }
    return wheels;
  }

  private Wheelhouse() {}
}
