package io.mutirao.dispatcher.graph;

import io.mutirao.contracts.job.RetryPolicy;
import io.mutirao.contracts.run.Cause;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether, and when, something that did not succeed is tried again. Pure. */
public final class Retries {

  /** Before what one worker did not dare to start is offered to all again. */
  private static final Duration BETWEEN_WORKERS = Duration.ofSeconds(1);

  /** The number of the attempt that follows: one that nobody started does not count. */
  public static int number(int attempt, Becomes end) {
    return neverStarted(end) ? attempt : attempt + 1;
  }

  private static boolean neverStarted(Becomes end) {
    return end.cause() == Cause.NOT_STARTED;
  }

  /**
   * When the next attempt begins, if there is one; it may be in the past.
   *
   * @param attempt the number of the one that is over, from 0
   * @param began when that one did (Jobs API 2.0, min_retry_interval_millis)
   */
  public static Optional<Instant> next(
      RetryPolicy policy, int attempt, Becomes end, Instant began) {
    if (neverStarted(end)) {
      return Optional.of(began.plus(BETWEEN_WORKERS));
    }
    boolean may =
        switch (end.result()) {
          case FAILED, ERROR -> true;
          case TIMED_OUT -> policy.onTimeout();
          case SUCCEEDED,
              SUCCEEDED_WITH_FAILURES,
              CANCELED,
              SKIPPED,
              EXCLUDED,
              UPSTREAM_FAILED,
              UPSTREAM_CANCELED ->
              false;
        };
    boolean left = policy.max() < 0 || attempt < policy.max();
    return may && left
        ? Optional.of(began.plusMillis(policy.minIntervalMillis()))
        : Optional.empty();
  }

  private Retries() {}
}
