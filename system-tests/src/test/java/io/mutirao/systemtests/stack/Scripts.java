package io.mutirao.systemtests.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Python scripts for tasks. */
public record Scripts(Path folder) {

  /** A new script, under a name of its own. */
  public Path write(String text) {
    return write(newFile(".py"), text);
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a task may write; nothing is there yet. */
  public Path newFile(String ending) {
    return folder.resolve(UUID.randomUUID() + ending);
  }

  /**
   * A script that says that it was started, then works for as many seconds as its first argument
   * says. The witness is one line for each start: {@code ATTEMPT PID}, appended in one piece.
   */
  public Path witnessed(Path witness) {
    return write(
        """
        import os, sys, time

        line = "%%s %%d\\n" %% (os.environ["MUTIRAO_ATTEMPT_ID"], os.getpid())
        witness = os.open("%s", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(witness, line.encode())
        os.close(witness)
        time.sleep(float(sys.argv[1]))
        """
            .formatted(witness));
  }

  /** What a task has written so far; empty when it has not. */
  public static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
