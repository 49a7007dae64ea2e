package io.mutirao.launcher.command;

import io.mutirao.launcher.Stack;
import io.mutirao.launcher.StackOptions;
import io.mutirao.launcher.data.CannotStart;
import io.mutirao.launcher.data.StackState;
import io.mutirao.launcher.data.StateFile;
import io.mutirao.launcher.service.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code bench}: the program of the module benchmarks, on a running stack or on one of its own. */
public final class Bench {

  private static final String MAIN = "io.mutirao.benchmarks.Bench";

  public static int run(Command.Bench bench, Installation installation)
      throws CannotStart, IOException, InterruptedException {
    Path data =
        bench.data().orElse(installation.root().resolve(".mutirao")).toAbsolutePath().normalize();
    if (StateFile.in(data).read().map(StackState::launcher).flatMap(l -> l.alive()).isPresent()) {
      return measure(installation, data);
    }
    if (bench.data().isPresent()) {
      return onOwnStack(installation, data);
    }
    try (var folder = TemporaryFolder.create("bench")) {
      return onOwnStack(installation, folder.path().resolve("data"));
    }
  }

  private static int onOwnStack(Installation installation, Path data)
      throws CannotStart, IOException, InterruptedException {
    StackOptions options =
        StackOptions.in(data).with("MUTIRAO_WORKER_NOOP", "true").withProgress(Progress.begin());
    try (Stack _ = Stack.start(options)) {
      return measure(installation, data);
    }
  }

  private static int measure(Installation installation, Path data)
      throws CannotStart, IOException, InterruptedException {
    Path jar = installation.moduleJar("benchmarks");
    String classPath = jar + ":" + jar.resolveSibling("lib") + "/*";
    return new ProcessBuilder(
            List.of(
                installation.java().toString(),
                "-XX:+UseSerialGC", // the callers share two cores with what they measure
                "-Xmx512m",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                MAIN,
                "--data",
                data.toString()))
        .inheritIO()
        .start()
        .waitFor();
  }

  private Bench() {}
}
