package io.mutirao.systemtests.rules.planted.dispatcher.lifecycle;

import java.time.Instant;

final class ReadsTheClock {
  static boolean isOver(Instant end) {
    return Instant.now().isAfter(end);
  }

  private ReadsTheClock() {}
}
