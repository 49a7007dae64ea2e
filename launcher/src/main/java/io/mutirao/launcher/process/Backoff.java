package io.mutirao.launcher.process;

import java.time.Duration;

/**
 * How long to wait before a process is started again: not at all after a good life, then longer and
 * longer, but never so long that it is away for two seconds.
 */
record Backoff(int quickDeaths) {

  static final Backoff NONE = new Backoff(0);
  static final Duration GOOD_LIFE = Duration.ofSeconds(10);
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 1_500;

  Backoff afterLifeOf(Duration life) {
    return life.compareTo(GOOD_LIFE) >= 0 ? NONE : new Backoff(quickDeaths + 1);
  }

  Duration pause() {
    return quickDeaths == 0
        ? Duration.ZERO
        : Duration.ofMillis(
            Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(quickDeaths - 1, 10)));
  }
}
