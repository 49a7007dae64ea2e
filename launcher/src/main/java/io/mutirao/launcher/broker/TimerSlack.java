package io.mutirao.launcher.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How late the kernel may wake this thread, and those that it starts, when a time is over: {@code
 * PR_SET_TIMERSLACK} of prctl(2). Threads that look at the clock now and then wake together, and an
 * idle processor sleeps longer. Who waits for a message, not for a time, is woken at once as ever.
 */
final class TimerSlack {

  private static final Path THIS_THREAD = Path.of("/proc/thread-self");

  /** Sets it; where there is no Linux, nothing happens. */
  static void set(Duration slack) throws IOException {
    if (Files.exists(THIS_THREAD)) {
      // Only /proc/ID has the file, not /proc/ID/task/ID; a thread's id will do there as well.
      var id = THIS_THREAD.toRealPath().getFileName();
      Files.writeString(
          Path.of("/proc", id.toString(), "timerslack_ns"), Long.toString(slack.toNanos()));
    }
  }

  private TimerSlack() {}
}
