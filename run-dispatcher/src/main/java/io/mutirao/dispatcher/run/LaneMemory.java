package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.JobId;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a lane keeps in memory: its runs that are not over, all of them, with their jobs, and the
 * jobs it used lately. Thrown away and read again at every take-over.
 */
final class LaneMemory {

  private static final int JOBS = 2_000;

  /** After a take-over, what is sent again has come by then. */
  private static final Duration CALM_AFTER = Duration.ofSeconds(10);

  /**
   * A run that is to end before its time, and how.
   *
   * @param task only this one of its tasks; null: all of it
   */
  record ToEnd(Run run, @Nullable TaskRun task, Becomes end) {

    ToEnd(Run run, Becomes end) {
      this(run, null, end);
    }

    /** What has to end with it. */
    List<TaskRun> attempts() {
      if (task == null) {
        return run.attempts();
      }
      List<TaskRun> attempts = new ArrayList<>(List.of(task));
      if (task.isLoop()) {
        attempts.addAll(run.iterationsOf(task));
      }
      return attempts;
    }
  }

  private @Nullable Instant since;
  private final Map<Long, Run> runs = new HashMap<>();
  private final Map<Long, TaskRun> attempts = new HashMap<>();
  private final DueDates due = new DueDates();

  /** Jobs with runs that are not over. */
  private final Map<Long, KnownJob> busy = new HashMap<>();

  private final Map<Long, KnownJob> idle =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, KnownJob> eldest) {
          return size() > JOBS;
        }
      };

  final Permits permits = new Permits();

  /** Runs with tasks that could begin if there were permits for them. */
  final Set<Run> hungry = new LinkedHashSet<>();

  /** Jobs whose first queued run could begin likewise; each in turn. */
  final Set<KnownJob> starved = new LinkedHashSet<>();

  /** Runs still to be ended, some at a time. */
  final Deque<ToEnd> toEnd = new ArrayDeque<>();

  /** Whether the lane has gone on without a take-over for a while. */
  boolean isCalm(Instant now) {
    if (since == null) {
      since = now;
    }
    return Duration.between(since, now).compareTo(CALM_AFTER) >= 0;
  }

  void add(Run run, KnownJob job) {
    runs.put(run.id().value(), run);
    run.attempts().forEach(this::know);
    if (job.open.isEmpty()) {
      idle.remove(job.id);
      busy.put(job.id, job);
    }
    job.open.add(run);
    if (run.queued) {
      job.queue.add(run);
    }
    schedule(run);
  }

  /** Its reports find it from now on; those of the attempt before it do not. */
  void know(TaskRun task) {
    attempts.put(task.id.value(), task);
  }

  void forget(TaskRun task) {
    attempts.remove(task.id.value());
  }

  void remove(Run run) {
    if (runs.remove(run.id().value()) == null) {
      return;
    }
    hungry.remove(run);
    due.remove(run);
    run.attempts().forEach(this::forget);
    KnownJob job = jobOf(run);
    job.open.remove(run);
    job.queue.remove(run);
    if (job.open.isEmpty()) {
      busy.remove(job.id);
      idle.put(job.id, job);
    }
  }

  KnownJob jobOf(Run run) {
    KnownJob job = job(run.fixed.job());
    if (job == null) {
      throw new IllegalStateException("the job of an open run is known");
    }
    return job;
  }

  @Nullable Run run(long id) {
    return runs.get(id);
  }

  @Nullable TaskRun attempt(long id) {
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

  void keep(KnownJob job) {
    idle.put(job.id, job);
  }

  @Nullable KnownJob job(JobId job) {
    KnownJob known = busy.get(job.value());
    return known == null ? idle.get(job.value()) : known;
  }

  boolean knows(long job) {
    return busy.containsKey(job) || idle.containsKey(job);
  }

  /** How many permits would be used at once if there were any number of them. */
  int wanted() {
    int wanted = starved.size();
    for (Run run : hungry) {
      wanted += run.blockedAttempts();
    }
    return wanted;
  }

  /** Sees to it that the run is looked at when its next date has come, if it is not over. */
  void schedule(Run run) {
    if (runs.containsKey(run.id().value())) {
      due.put(run);
    }
  }

  Optional<Instant> nextDue() {
    return toEnd.isEmpty() ? due.next() : Optional.of(Instant.EPOCH);
  }

  /** Takes a run that is due, or null; it must be scheduled again. */
  @Nullable Run takeDue(Instant now) {
    return due.take(now);
  }
}
