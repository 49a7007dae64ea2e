package io.mutirao.benchmarks;

import java.time.Duration;

/**
 * How long and how often everything is measured.
 *
 * @param cold load right after the start, before any warm-up
 * @param warmUpRuns as many runs, but not for longer than {@code warmUpAtMost}
 * @param rounds throughput is measured so often, stack and floor in turn; the median counts
 * @param burst one round of the stack
 * @param floorBurst one round of the floor
 * @param samples of start latency, ten a second
 * @param idle how long nothing is asked, for the CPU at rest
 */
record Plan(
    Duration cold,
    long warmUpRuns,
    Duration warmUpAtMost,
    int rounds,
    Duration burst,
    Duration floorBurst,
    int samples,
    Duration get,
    Duration idle) {

  /** Five to seven minutes. */
  static Plan full() {
    return new Plan(
        Duration.ofSeconds(5),
        30_000,
        Duration.ofSeconds(45),
        3,
        Duration.ofSeconds(8),
        Duration.ofSeconds(3),
        300,
        Duration.ofSeconds(5),
        Duration.ofSeconds(20));
  }

  /** About forty seconds: for a look, not for a statement. */
  static Plan quick() {
    return new Plan(
        Duration.ofSeconds(3),
        5_000,
        Duration.ofSeconds(8),
        1,
        Duration.ofSeconds(4),
        Duration.ofSeconds(2),
        60,
        Duration.ofSeconds(2),
        Duration.ofSeconds(5));
  }

  Plan withWarmUp(long runs) {
    return new Plan(
        cold, runs, Duration.ofMinutes(30), rounds, burst, floorBurst, samples, get, idle);
  }
}
