package io.mutirao.worker.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The Python that runs the guard and the Python tasks.
 *
 * @param path the interpreter itself: what is first on the path may be a slow script that looks for
 *     it each time
 */
public record Interpreter(Path path) {

  private static final String ITS_NAME = "import sys; print(sys.executable)";

  /** There is no such interpreter. The message says what to do. */
  public static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missing(String command, String why) {
      super(
          "The worker needs Python 3.8 or newer for its tasks, but '%s' %s. Install it, or set MUTIRAO_WORKER_PYTHON to one."
              .formatted(command, why));
    }
  }

  /** Asks a command, for example {@code python3}, which interpreter it is. */
  public static Interpreter resolve(String command) throws InterruptedException {
    try {
      Process asked =
          new ProcessBuilder(command, "-I", "-c", ITS_NAME)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      asked.getOutputStream().close();
      String answer = new String(asked.getInputStream().readAllBytes(), UTF_8).strip();
      if (!asked.waitFor(20, TimeUnit.SECONDS) || asked.exitValue() != 0 || answer.isEmpty()) {
        asked.destroyForcibly();
        throw new Missing(command, "does not say which interpreter it is");
      }
      return new Interpreter(Path.of(answer));
    } catch (IOException e) {
      throw new Missing(command, "cannot be started: " + e.getMessage());
    }
  }
}
