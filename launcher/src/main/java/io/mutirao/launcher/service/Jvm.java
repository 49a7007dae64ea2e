package io.mutirao.launcher.service;

import io.mutirao.launcher.process.OwnSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a small JVM; the caches hold only for the same flags. */
record Jvm(Path java, AotCaches caches) {

  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC", // two cores are shared by seven processes
          "-XX:+UseCompactObjectHeaders",
          "-Xms96m",
          "-Xmn48m", // what an idle process touches; the heap grows under load
          "-XX:+ExitOnOutOfMemoryError", // then it is started again
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:AsyncDeflationInterval=5000", // ms between looks at monitors, also when idle
          "-Xlog:disable",
          "-Xlog:all=error:stderr",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");

  static List<String> flags(int heapMegabytes, Compilation compilation) {
    var flags = new ArrayList<>(compilation.flags());
    flags.add("-Xmx" + heapMegabytes + "m");
    return flags;
  }

  /**
   * The command.
   *
   * @param program names the cache
   * @param jar the program's, with its {@code lib} beside it
   * @param own flags of this program
   * @param what how the JVM is told to run it
   */
  List<String> command(String program, Path jar, List<String> own, List<String> what)
      throws IOException {
    var command = new ArrayList<>(List.of(java.toString()));
    command.addAll(FLAGS);
    command.addAll(own);
    command.addAll(caches.flags(program, jar));
    command.addAll(what);
    return OwnSession.of(command);
  }
}
