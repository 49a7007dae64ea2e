package io.mutirao.registry.schedule;

import io.mutirao.contracts.id.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schedules of one lane's jobs, in the order of their dates. Thrown away and read again at
 * every take-over.
 */
final class ScheduleLane {

  private record Due(Instant at, JobId job) {}

  private final Map<JobId, Schedule> all = new HashMap<>();

  /** When to look at files next: nothing that must outlive this instance. */
  private final Map<JobId, Instant> looks = new HashMap<>();

  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));
  private final Set<JobId> changed = new LinkedHashSet<>();
  private final Set<JobId> gone = new LinkedHashSet<>();

  /** As the database has it. */
  void know(Schedule schedule) {
    all.put(schedule.job(), schedule);
    Instant date = date(schedule);
    if (date != null) {
      due.add(new Due(date, schedule.job()));
    }
  }

  /** As it is from now on. */
  void put(Schedule schedule) {
    gone.remove(schedule.job());
    changed.add(schedule.job());
    know(schedule);
  }

  void lookAgain(Schedule schedule, Instant at) {
    looks.put(schedule.job(), at);
    know(schedule);
  }

  void remove(JobId job) {
    looks.remove(job);
    if (all.remove(job) != null) {
      changed.remove(job);
      gone.add(job);
    }
  }

  @Nullable Schedule of(JobId job) {
    return all.get(job);
  }

  private @Nullable Instant date(Schedule schedule) {
    return schedule.watches() ? looks.getOrDefault(schedule.job(), Instant.EPOCH) : schedule.due();
  }

  Optional<Instant> nextDue() {
    for (Due first = due.peek(); first != null; first = due.peek()) {
      if (isStill(first)) {
        return Optional.of(first.at());
      }
      due.remove();
    }
    return Optional.empty();
  }

  /** Takes those that are due, the earliest first. */
  List<Schedule> takeDue(Instant now, int most) {
    List<Schedule> taken = new ArrayList<>();
    Set<JobId> seen = new LinkedHashSet<>();
    for (Due first = due.peek(); first != null && taken.size() < most; first = due.peek()) {
      if (isStill(first) && first.at().isAfter(now)) {
        break;
      }
      due.remove();
      Schedule schedule = all.get(first.job());
      if (schedule != null && first.at().equals(date(schedule)) && seen.add(first.job())) {
        taken.add(schedule);
      }
    }
    return taken;
  }

  // A date that its schedule has moved away from is left in the queue and passed over here.
  private boolean isStill(Due entry) {
    Schedule schedule = all.get(entry.job());
    return schedule != null && entry.at().equals(date(schedule));
  }

  /** What the database has to be told, each once. */
  List<Schedule> takeChanged() {
    List<Schedule> taken = changed.stream().map(all::get).filter(s -> s != null).toList();
    changed.clear();
    return taken;
  }

  List<JobId> takeGone() {
    List<JobId> taken = List.copyOf(gone);
    gone.clear();
    return taken;
  }
}
