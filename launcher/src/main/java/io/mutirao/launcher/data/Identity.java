package io.mutirao.launcher.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that is not taken for another one that got its number later: the pid and when it
 * started.
 */
public record Identity(long pid, long startedAtMillis) {

  /** The kernel counts from boot, so a corrected clock moves the start a little. */
  private static final long TOLERANCE_MILLIS = 2_000;

  public static Identity of(ProcessHandle process) {
    return new Identity(process.pid(), startOf(process));
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** The process, if it is alive and still the same. */
  public Optional<ProcessHandle> alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(p -> !is('Z')) // dead, but its parent has not asked how it died
        .filter(p -> Math.abs(startOf(p) - startedAtMillis) <= TOLERANCE_MILLIS);
  }

  /** Whether it is held by SIGSTOP. */
  public boolean suspended() {
    return is('T');
  }

  private boolean is(char state) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == state;
    } catch (IOException _) {
      return false; // gone, or a system without /proc
    }
  }
}
