package io.mutirao.systemtests.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** Makes JARs of one class. */
final class Jars {

  static Path make(Path folder, String name, String code) throws IOException {
    Path source = Files.writeString(folder.resolve(name + ".java"), code);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
    assertThat(failed).isZero();
    Path jar = folder.resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name + ".class"));
      zip.write(Files.readAllBytes(folder.resolve(name + ".class")));
    }
    return jar;
  }

  private Jars() {}
}
