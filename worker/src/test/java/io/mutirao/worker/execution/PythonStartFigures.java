package io.mutirao.worker.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.runner.python.PythonRunner;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a Python task takes in a worker, compared with {@code python3 script} alone. No test: it
 * says what it sees. On a machine with nothing else to do:
 *
 * <pre>./mvnw -pl worker -am test -Dtest=PythonStartFigures -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class PythonStartFigures {

  private static final int ROUNDS = 40;

  @TempDir Path folder;

  private interface Round {
    Duration time(int number) throws Exception;
  }

  @Test
  void tell() throws Exception {
    Interpreter python = Interpreter.resolve("python3");
    Path script = Files.writeString(folder.resolve("x.py"), "print('hi')");
    ObjectNode spec = Codec.JSON.createObjectNode().put("file", "file:" + script);
    double bare = median(_ -> bare(python, script));
    double cold = median(number -> inWorker(number, python, spec, false));
    double warm = median(number -> inWorker(number, python, spec, true));
    System.out.printf(
        "python3 script alone: %.1f ms; in a worker, cold: %.1f ms (%+.1f), warm: %.1f ms (%+.1f)%n",
        bare, cold, cold - bare, warm, warm - bare);
  }

  private Duration bare(Interpreter python, Path script) throws Exception {
    File printed = folder.resolve("printed").toFile();
    long begin = System.nanoTime();
    ProcessBuilder builder =
        new ProcessBuilder(python.path().toString(), script.toString())
            .redirectErrorStream(true)
            .redirectOutput(printed);
    builder.environment().keySet().retainAll(java.util.Set.of("PATH"));
    int code = builder.start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("exit code " + code);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private Duration inWorker(int number, Interpreter python, ObjectNode spec, boolean warm)
      throws Exception {
    Path its = Files.createDirectories(folder.resolve((warm ? "warm" : "cold") + number));
    try (WorkerStage stage = WorkerStage.local(its, python, new PythonRunner(true))) {
      if (warm) {
        stage.keepWarm();
      }
      return stage.time(spec);
    }
  }

  /** In ms; the first rounds, in which this JVM learns, do not count. */
  private static double median(Round round) throws Exception {
    double[] times = new double[ROUNDS];
    for (int i = -10; i < ROUNDS; i++) {
      double millis = round.time(i).toNanos() / 1e6;
      if (i >= 0) {
        times[i] = millis;
      }
    }
    Arrays.sort(times);
    return times[ROUNDS / 2];
  }
}
