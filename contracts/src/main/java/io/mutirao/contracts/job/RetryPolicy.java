package io.mutirao.contracts.job;

/**
 * What happens after an attempt that did not succeed.
 *
 * @param max how often it is tried again; -1 for ever, 0 never
 * @param minIntervalMillis from the <em>start</em> of the failed attempt to the next one (Jobs API
 *     2.0, min_retry_interval_millis); 0 for at once
 * @param onTimeout whether an attempt that timed out is tried again, too
 */
public record RetryPolicy(int max, int minIntervalMillis, boolean onTimeout) {

  public static final RetryPolicy NEVER = new RetryPolicy(0, 0, false);

  public RetryPolicy {
    if (max < -1) {
      throw new IllegalArgumentException("max: -1 or more, not " + max);
    }
    if (minIntervalMillis < 0) {
      throw new IllegalArgumentException("minIntervalMillis: 0 or more, not " + minIntervalMillis);
    }
  }
}
