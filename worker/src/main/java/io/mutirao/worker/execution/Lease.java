package io.mutirao.worker.execution;

import java.time.Duration;

/**
 * For how long the dispatcher holds a silent worker's attempts alive.
 *
 * @param length by the dispatcher's clock, from when it heard of us; positive
 */
public record Lease(Duration length) {

  /**
   * Until when we act on it, as {@link System#nanoTime}: a quarter earlier than the dispatcher, for
   * killing takes time too.
   *
   * @param spokenAt just before we sent what the dispatcher heard
   */
  public long safeUntil(long spokenAt) {
    long nanos = length.toNanos();
    return spokenAt + nanos - nanos / 4;
  }
}
