package io.mutirao.worker.guard;

import org.jspecify.annotations.Nullable;

/**
 * How a guarded task ended; its whole process tree is gone.
 *
 * @param lastLine the last line that the task printed, cut to some 1,500 bytes; may be empty
 */
public record Ended(Why why, String lastLine) {

  /** What ended it. */
  public sealed interface Why {}

  /** By itself. */
  public record Exited(int code) implements Why {}

  /** By a signal that did not come from its guard. */
  public record Killed(int signal) implements Why {}

  /**
   * By itself with this code, or by that signal: bubblewrap, which stood between, tells no more.
   */
  public record ExitedOrKilled(int code, int signal) implements Why {}

  /** The kernel killed one of its processes, for it had used up its memory. */
  public record OutOfMemory() implements Why {}

  /** By {@link Guard#stop}. */
  public record Stopped() implements Why {}

  /** Its lease was not renewed in time. */
  public record LeaseOver() implements Why {}

  /** Something of its guard died, so it was ended too. */
  public record Unguarded() implements Why {}

  /** It never ran: the machine gave no process for it. */
  public record NotStarted(String reason) implements Why {}

  static Ended of(GuardAnswer.Ended answer) {
    Integer exit = answer.exit();
    Integer signal = answer.signal();
    Why why =
        switch (answer.why()) {
          case "exited" -> exited(exit, signal);
          case "memory" -> new OutOfMemory();
          case "stopped" -> new Stopped();
          case "lease" -> new LeaseOver();
          case "refused" -> new NotStarted(answer.last());
          default -> new Unguarded();
        };
    return new Ended(why, answer.last());
  }

  private static Why exited(@Nullable Integer exit, @Nullable Integer signal) {
    if (signal == null) {
      return new Exited(exit == null ? -1 : exit);
    }
    return exit == null ? new Killed(signal) : new ExitedOrKilled(exit, signal);
  }
}
