package io.mutirao.dispatcher.run;

import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a lane that want to be looked at again, in the order of their dates. Each is here
 * once, and no longer than it is open: a date may be days away.
 */
final class DueDates {

  /** A run's place in the order, which the run remembers. */
  record Due(Instant at, Run run) {}

  private final NavigableSet<Due> order =
      new TreeSet<>(Comparator.comparing(Due::at).thenComparingLong(due -> due.run().id().value()));

  /** Puts a run where it belongs now, or nowhere if it has no date. */
  void put(Run run) {
    Instant at = Timers.next(run).orElse(null);
    if (run.due == null || !run.due.at().equals(at)) {
      remove(run);
      if (at != null) {
        run.due = new Due(at, run);
        order.add(run.due);
      }
    }
  }

  void remove(Run run) {
    if (run.due != null) {
      order.remove(run.due);
      run.due = null;
    }
  }

  Optional<Instant> next() {
    return Optional.ofNullable(first()).map(Due::at);
  }

  /** Takes a run out that is due, or null. */
  @Nullable Run take(Instant now) {
    Due first = first();
    if (first == null || first.at().isAfter(now)) {
      return null;
    }
    remove(first.run());
    return first.run();
  }

  /** A run that moved since it was put here may want another date by now. */
  private @Nullable Due first() {
    while (!order.isEmpty()) {
      Due first = order.getFirst();
      put(first.run());
      if (Objects.equals(first.run().due, first)) {
        return first;
      }
    }
    return null;
  }

  int size() {
    return order.size();
  }
}
