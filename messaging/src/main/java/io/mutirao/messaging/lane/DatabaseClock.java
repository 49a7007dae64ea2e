package io.mutirao.messaging.lane;

import java.time.Instant;

/**
 * The database's clock, read with each commit and carried on by the monotonic clock in between.
 * Dates are decided by it, so that instances agree.
 */
final class DatabaseClock {

  private Instant at = Instant.EPOCH;
  private long nanos = System.nanoTime();

  /** The database said {@code now} just now. */
  void set(Instant now) {
    // Never backwards: the answer may have been long on its way.
    Instant carried = now();
    at = now.isAfter(carried) ? now : carried;
    nanos = System.nanoTime();
  }

  Instant now() {
    return at.plusNanos(System.nanoTime() - nanos);
  }
}
