package io.mutirao.systemtests.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes of a task, wherever they went: they all inherit its environment. A task does not
 * know its own pids as we see them.
 */
public final class TaskProcesses {

  /** Those of one attempt that live. */
  public static List<String> of(String attempt) {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .filter(pid -> carries(pid, "MUTIRAO_ATTEMPT_ID=" + attempt))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean carries(String pid, String mark) {
    try {
      String environment =
          Files.readString(Path.of("/proc", pid, "environ"), StandardCharsets.ISO_8859_1);
      return ("\0" + environment).contains("\0" + mark + "\0");
    } catch (IOException e) {
      return false; // it ended meanwhile
    }
  }

  private TaskProcesses() {}
}
