package io.mutirao.launcher.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The jar of a program and those in {@code lib} beside it. */
record ClassPath(Path jar) {

  /** Changes when any of the jars is built again. */
  String stamp() throws IOException {
    var stamp = new CRC32();
    for (Path file : jars()) {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      String line =
          "%s %d %s%n"
              .formatted(file, attributes.size(), attributes.lastModifiedTime().toInstant());
      stamp.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return Long.toHexString(stamp.getValue());
  }

  private List<Path> jars() throws IOException {
    try (Stream<Path> lib = Files.list(jar.resolveSibling("lib"))) {
      return Stream.concat(Stream.of(jar), lib.sorted()).toList();
    }
  }
}
