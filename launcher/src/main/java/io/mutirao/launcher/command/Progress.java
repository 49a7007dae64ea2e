package io.mutirao.launcher.command;

import java.time.Duration;
import java.util.function.Consumer;

/** Lines for the person who waits, on stderr, with the seconds since the beginning. */
record Progress(long beganNanos) implements Consumer<String> {

  static Progress begin() {
    return new Progress(System.nanoTime());
  }

  @Override
  public void accept(String words) {
    double seconds = Duration.ofNanos(System.nanoTime() - beganNanos).toMillis() / 1_000.0;
    // In one piece, which printf is not: another line may be on its way to the same reader.
    System.err.println("mutirao %6.1f s  %s".formatted(seconds, words));
  }
}
