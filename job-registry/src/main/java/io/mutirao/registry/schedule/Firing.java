package io.mutirao.registry.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a schedule's times fire now. Pure.
 *
 * @param slots in their order
 * @param next when it fires next; null: never
 */
record Firing(List<Instant> slots, @Nullable Instant next) {

  /**
   * What to do about times that have passed.
   *
   * @param missed of times that passed longer than {@code after} ago
   * @param after as Quartz has it: once one was missed, all that passed were
   */
  record Policy(Missed missed, Duration after) {}

  /**
   * Decides what fires.
   *
   * @param due the first time that has not fired
   * @param most so many at once; what is left is due at once
   */
  static Firing of(Times times, Instant due, Instant now, Policy policy, int most) {
    if (due.isAfter(now)) {
      return new Firing(List.of(), due);
    }
    boolean missed = Duration.between(due, now).compareTo(policy.after()) > 0;
    if (missed && policy.missed() == Missed.NONE) {
      return new Firing(List.of(), times.after(now).orElse(null));
    }
    if (missed && policy.missed() == Missed.LAST) {
      return new Firing(List.of(last(times, due, now)), times.after(now).orElse(null));
    }
    List<Instant> slots = new ArrayList<>();
    Instant next = due;
    while (next != null && !next.isAfter(now) && slots.size() < most) {
      slots.add(next);
      next = times.after(next).orElse(null);
    }
    return new Firing(slots, next);
  }

  /** The last time that is not after {@code now}; {@code due} is such a one. */
  private static Instant last(Times times, Instant due, Instant now) {
    Instant found = due;
    // Looks back farther and farther: times may be close together, and years may have passed.
    for (Duration back = Duration.ofSeconds(1);
        now.minus(back).isAfter(due);
        back = back.multipliedBy(2)) {
      Instant slot = times.after(now.minus(back)).orElse(null);
      if (slot != null && !slot.isAfter(now)) {
        found = slot;
        break;
      }
    }
    for (Instant later = times.after(found).orElse(null);
        later != null && !later.isAfter(now);
        later = times.after(found).orElse(null)) {
      found = later;
    }
    return found;
  }
}
