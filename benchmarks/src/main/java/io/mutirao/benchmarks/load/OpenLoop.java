package io.mutirao.benchmarks.load;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests on a fixed schedule, whether or not earlier ones were answered. Time counts from when a
 * request was due, so that a slow stack cannot hide its slowness by slowing the load.
 */
public record OpenLoop(int count, Duration period) {

  /** One request. */
  @FunctionalInterface
  public interface Shot {
    /**
     * Sends it and waits for the answer.
     *
     * @param dueMicros wall clock, microseconds since 1970
     */
    void fire(int n, long dueMicros);
  }

  /** Returns when all are answered. */
  public void run(Shot shot) {
    try (ExecutorService shots = Executors.newVirtualThreadPerTaskExecutor()) {
      long begin = System.nanoTime() + period.toNanos();
      Instant beginsAt = Instant.now().plus(period);
      for (int i = 0; i < count; i++) {
        int n = i;
        long due = begin + n * period.toNanos();
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        long dueMicros = micros(beginsAt.plus(period.multipliedBy(n)));
        shots.execute(() -> shot.fire(n, dueMicros));
      }
    }
  }

  public static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
