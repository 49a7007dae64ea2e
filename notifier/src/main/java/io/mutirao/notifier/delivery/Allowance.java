package io.mutirao.notifier.delivery;

import io.mutirao.notifier.channel.Outcome;

/**
 * How many messages may be on their way along one route at a time. It grows with every one that is
 * answered and shrinks with silence, so that a route that hangs holds few places and one that is
 * quick as many as it needs.
 */
final class Allowance {

  static final int FIRST = 8;
  static final int LEAST = 2;
  static final int MOST = 64;

  private int most = FIRST;
  private int open;

  int free() {
    return Math.max(0, most - open);
  }

  void begin() {
    open++;
  }

  void end(Outcome outcome) {
    open--;
    most =
        outcome instanceof Outcome.NotNow(_, _, boolean silent) && silent
            ? Math.max(LEAST, most / 2)
            : Math.min(MOST, most + 1);
  }

  boolean isIdle() {
    return open == 0;
  }
}
