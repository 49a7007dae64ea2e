package io.mutirao.worker.runner.notebook;

import io.mutirao.worker.guard.Interpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the interpreter that can run notebooks, when the first one comes. */
public final class NotebookPython {

  private static final Path OF_THE_SYSTEM = Path.of("/usr/bin/python3");

  private final List<Path> candidates;
  private @Nullable Path found;

  /**
   * Looks at several.
   *
   * @param chosen the only one to look at, if there is one
   * @param python that of the worker; Debian's own packages are seen by its own Python only
   */
  public NotebookPython(Optional<String> chosen, Interpreter python) {
    candidates =
        chosen
            .map(path -> List.of(Path.of(path)))
            .orElseGet(() -> Stream.of(python.path(), OF_THE_SYSTEM).distinct().toList());
  }

  /** Empty when none can. */
  public synchronized Optional<Path> find() throws IOException, InterruptedException {
    if (found == null) {
      for (Path candidate : candidates) {
        if (Files.isExecutable(candidate) && can(candidate)) {
          found = candidate;
          break;
        }
      }
    }
    return Optional.ofNullable(found);
  }

  String tried() {
    return String.join(" and ", candidates.stream().map(Path::toString).toList());
  }

  private static boolean can(Path python) throws IOException, InterruptedException {
    Process asked =
        new ProcessBuilder(python.toString(), "-c", "import nbclient, ipykernel")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return asked.waitFor(60, TimeUnit.SECONDS) && asked.exitValue() == 0;
    } finally {
      asked.destroyForcibly();
    }
  }
}
