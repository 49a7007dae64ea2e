package io.mutirao.worker.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Finds and ends what a guard that died may have left. */
final class Leftovers {

  private static final Logger LOG = Logger.getLogger(Leftovers.class);

  /** How long the supervisors have to end their trees by themselves. */
  private static final Duration OWN_EFFORT = Duration.ofSeconds(3);

  private static final Duration UNTIL_GONE = Duration.ofSeconds(10);

  /**
   * Waits for the supervisors, which end their trees by themselves, and kills those that do not.
   */
  static void endSupervisors(Path script) {
    Predicate<Path> ours = process -> holds(process, "cmdline", script.toString());
    if (!gone(ours, OWN_EFFORT)) {
      kill(ours);
    }
  }

  /** Kills every process of a task, wherever it went: they all inherit its environment. */
  static void endProcesses(GuardedTask task) {
    Predicate<Path> ours =
        process -> holds(process, "environ", GuardedTask.MARK + "=" + task.attempt());
    kill(ours);
  }

  private static void kill(Predicate<Path> wanted) {
    long end = System.nanoTime() + UNTIL_GONE.toNanos();
    List<Path> left = processes(wanted);
    while (!left.isEmpty() && System.nanoTime() < end) {
      left.forEach(process ->
          ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
              .ifPresent(ProcessHandle::destroyForcibly));
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      left = processes(wanted);
    }
    if (!left.isEmpty()) {
      LOG.errorf("These processes cannot be killed: %s", left);
    }
  }

  private static boolean gone(Predicate<Path> wanted, Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    while (!processes(wanted).isEmpty()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    return true;
  }

  private static List<Path> processes(Predicate<Path> wanted) {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.filter(path -> path.getFileName().toString().matches("\\d+"))
          .filter(wanted)
          .toList();
    } catch (IOException e) {
      LOG.error("The processes of this machine cannot be listed; a task may go on unguarded", e);
      return List.of();
    }
  }

  private static boolean holds(Path process, String file, String wanted) {
    try {
      String text = Files.readString(process.resolve(file), ISO_8859_1);
      return ("\0" + text).contains("\0" + wanted + "\0");
    } catch (IOException _) {
      return false; // It ended meanwhile, or it is somebody else's.
    }
  }

  private Leftovers() {}
}
