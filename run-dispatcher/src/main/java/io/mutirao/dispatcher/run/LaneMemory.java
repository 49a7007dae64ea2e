package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.JobId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a lane keeps in memory: its active runs, all of them, and the jobs it used lately. Thrown
 * away and read again at every take-over.
 */
final class LaneMemory {

  private static final int JOBS = 2_000;

  private record Due(Instant at, Run run) {}

  private final Map<Long, Run> runs = new HashMap<>();
  private final Map<Long, Run> attempts = new HashMap<>();
  private final Map<Long, Integer> active = new HashMap<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));
  private final Map<Long, KnownJob> jobs =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, KnownJob> eldest) {
          return size() > JOBS;
        }
      };

  /** Runs of deleted jobs, still to be ended. */
  final Deque<Run> toEnd = new ArrayDeque<>();

  void add(Run run) {
    runs.put(run.id().value(), run);
    if (run.fixed.attempt() != null) {
      attempts.put(run.fixed.attempt().value(), run);
    }
    active.merge(run.fixed.job().value(), 1, Integer::sum);
    schedule(run);
  }

  void remove(Run run) {
    if (runs.remove(run.id().value()) != null) {
      if (run.fixed.attempt() != null) {
        attempts.remove(run.fixed.attempt().value());
      }
      active.computeIfPresent(run.fixed.job().value(), (_, n) -> n == 1 ? null : n - 1);
    }
  }

  @Nullable Run run(long id) {
    return runs.get(id);
  }

  @Nullable Run ofAttempt(long id) {
    return attempts.get(id);
  }

  Iterable<Run> runs() {
    return runs.values();
  }

  int size() {
    return runs.size();
  }

  boolean isIdle() {
    return runs.isEmpty();
  }

  int activeRunsOf(JobId job) {
    return active.getOrDefault(job.value(), 0);
  }

  void keep(KnownJob job) {
    jobs.put(job.id, job);
  }

  @Nullable KnownJob job(JobId job) {
    return jobs.get(job.value());
  }

  boolean knows(long job) {
    return jobs.containsKey(job);
  }

  /** Puts a run's next date into the order of dates, if its state has one. */
  void schedule(Run run) {
    Timers.next(run).ifPresent(at -> due.add(new Due(at, run)));
  }

  Optional<Instant> nextDue() {
    if (!toEnd.isEmpty()) {
      return Optional.of(Instant.EPOCH);
    }
    for (Due first = due.peek(); first != null; first = due.peek()) {
      if (isStill(first)) {
        return Optional.of(first.at());
      }
      due.remove();
    }
    return Optional.empty();
  }

  /** Takes a run that is due, or null. */
  @Nullable Run takeDue(Instant now) {
    Optional<Instant> next = nextDue();
    if (!toEnd.isEmpty() || next.isEmpty() || next.get().isAfter(now)) {
      return null;
    }
    return due.remove().run();
  }

  // A date that its run has moved away from is left in the queue and passed over here.
  @SuppressWarnings("ReferenceEquality")
  private boolean isStill(Due entry) {
    return runs.get(entry.run().id().value()) == entry.run()
        && Timers.next(entry.run()).filter(entry.at()::equals).isPresent();
  }
}
