package io.mutirao.notifier.delivery;

import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Says that there is something to do, now or in a moment. It promises nothing: who misses it sweeps
 * a second later.
 */
@Singleton
public final class Doorbell {

  /** How long somebody who was told of a batch looks for it: until it is committed. */
  private static final long ALERT_NANOS = Duration.ofSeconds(1).toNanos();

  /** How often. */
  private static final long GLANCE_MILLIS = 15;

  private boolean rung;
  private long alertUntil = System.nanoTime();

  /** There is something now. */
  public synchronized void ring() {
    rung = true;
    notifyAll();
  }

  /** There will be something when the batch at hand is committed. */
  public synchronized void announce() {
    alertUntil = System.nanoTime() + ALERT_NANOS;
    ring();
  }

  /** Returns when it was rung, a glance later while something is announced, or after this time. */
  synchronized void await(Duration most) throws InterruptedException {
    boolean alert = alertUntil - System.nanoTime() > 0;
    long end = System.nanoTime() + (alert ? GLANCE_MILLIS * 1_000_000 : most.toNanos());
    while (!rung) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    rung = false;
  }
}
