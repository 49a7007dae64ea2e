package io.mutirao.gateway.databricks;

import io.mutirao.contracts.run.RunView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Times of runs and tasks. Durations are never negative though workers' clocks differ; once all is
 * over, their sum is the whole duration.
 */
final class Durations {

  static RunWire.Times of(RunView run) {
    Instant until = run.tasks().size() == 1 ? run.tasks().getFirst().executedUntil() : null;
    return times(run.createdAt(), run.startedAt(), until, run.endedAt());
  }

  static RunWire.Times of(RunView.TaskRun task) {
    return times(task.createdAt(), task.startedAt(), task.executedUntil(), task.endedAt());
  }

  private static RunWire.Times times(
      Instant created,
      @Nullable Instant started,
      @Nullable Instant executedUntil,
      @Nullable Instant ended) {
    long whole = since(created, ended);
    long setup = started == null ? whole : since(created, started);
    long start = created.toEpochMilli();
    if (ended == null) {
      return new RunWire.Times(start, setup, 0, 0, 0);
    }
    long before = Math.min(setup, whole);
    long after =
        started == null || executedUntil == null
            ? whole
            : Math.clamp(before + since(started, executedUntil), before, whole);
    return new RunWire.Times(start, before, after - before, whole - after, ended.toEpochMilli());
  }

  /** Of a run of several tasks: only its beginning and end. */
  static RunWire.Times none(RunWire.Times times) {
    return new RunWire.Times(times.startTime(), 0, 0, 0, times.endTime());
  }

  /** The whole run with its repairs; 0 while it is not over. */
  static long whole(RunView run) {
    return since(run.createdAt(), run.endedAt());
  }

  private static long since(Instant from, @Nullable Instant to) {
    return to == null ? 0 : Math.max(0, to.toEpochMilli() - from.toEpochMilli());
  }

  private Durations() {}
}
