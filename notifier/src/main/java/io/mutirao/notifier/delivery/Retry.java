package io.mutirao.notifier.delivery;

import io.mutirao.notifier.channel.Outcome;
import java.time.Duration;

/**
 * When a delivery is tried again: after a second, then two, four and so on up to an hour, each time
 * somewhere between half of that and all of it, for 24 hours.
 */
final class Retry {

  static final Duration PATIENCE = Duration.ofHours(24);
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofHours(1);

  /**
   * Decides on the next try.
   *
   * @param tries how many there were, this one included
   * @param age since the first try was due
   * @param chance from 0 to 1: so that those who failed together do not come back together
   */
  static Verdict after(Outcome outcome, int tries, Duration age, double chance) {
    return switch (outcome) {
      case Outcome.Sent _ -> new Verdict.Sent();
      case Outcome.Refused(var why) -> new Verdict.GivenUp(why);
      case Outcome.NotNow(var why, var wanted, _) -> {
        Duration left = PATIENCE.minus(age);
        if (!left.isPositive()) {
          yield new Verdict.GivenUp(why + "; tried " + tries + " times in 24 hours");
        }
        Duration pause = pause(tries, chance);
        Duration next = wanted != null && wanted.compareTo(pause) > 0 ? wanted : pause;
        // The last try is the one when the time is over.
        yield new Verdict.Again(next.compareTo(left) > 0 ? left : next, why);
      }
    };
  }

  private static Duration pause(int tries, double chance) {
    int doublings = Math.clamp(tries - 1L, 0, 20);
    Duration full = FIRST.multipliedBy(1L << doublings);
    long most = Math.min(full.toMillis(), LONGEST.toMillis());
    return Duration.ofMillis(most / 2 + (long) (most / 2.0 * chance));
  }

  private Retry() {}
}
