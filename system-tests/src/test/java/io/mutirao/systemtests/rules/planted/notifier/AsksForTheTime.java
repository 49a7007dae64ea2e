package io.mutirao.systemtests.rules.planted.notifier;

import java.time.Clock;
import java.time.Instant;

final class AsksForTheTime {
  static Instant instant() {
    return Instant.now();
  }

  static long millis() {
    return System.currentTimeMillis();
  }

  static Clock clock() {
    return Clock.systemUTC();
  }

  private AsksForTheTime() {}
}
