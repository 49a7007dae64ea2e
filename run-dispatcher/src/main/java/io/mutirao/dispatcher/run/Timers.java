package io.mutirao.dispatcher.run;

import io.mutirao.dispatcher.lifecycle.TaskState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a run wants to be looked at again. Derived from its state, so that there is nothing to
 * store, to lose or to fire twice: after a take-over the same dates come out again.
 */
final class Timers {

  /** The first of all dates of a run and its tasks. */
  static Optional<Instant> next(Run run) {
    if (run.queued) {
      return Optional.of(run.queuedUntil);
    }
    @Nullable Instant first = earlier(timeout(run), warning(run));
    for (TaskRun task : run.attempts()) {
      first = earlier(first, next(task));
    }
    return Optional.ofNullable(first);
  }

  static @Nullable Instant next(TaskRun task) {
    return switch (task.state) {
      case TaskState.Waiting waiting -> waiting.until();
      case TaskState.Offered _ -> task.checkAt;
      case TaskState.Running running ->
          earlier(timeout(task, running.startedAt()), warning(task, running.startedAt()));
      case TaskState.Delegated delegated
          when delegated.startedAt() != null && delegated.becomes() == null ->
          earlier(timeout(task, delegated.startedAt()), warning(task, delegated.startedAt()));
      case TaskState.Blocked _,
          TaskState.Claimed _,
          TaskState.Delegated _,
          TaskState.Terminating _,
          TaskState.Finished _ ->
          null;
    };
  }

  /** When a run has taken as long as it may; null: it may go on. */
  static @Nullable Instant timeout(Run run) {
    return run.startedAt == null || run.timeoutSeconds == 0 || run.ending != null
        ? null
        : run.startedAt.plusSeconds(run.timeoutSeconds);
  }

  static @Nullable Instant warning(Run run) {
    Integer after = run.fixed.definition().warnAfterSeconds();
    return run.startedAt == null || after == null || run.warned
        ? null
        : run.startedAt.plusSeconds(after);
  }

  static @Nullable Instant timeout(TaskRun task, Instant startedAt) {
    Integer after = task.task.timeoutSeconds();
    return after == null ? null : startedAt.plusSeconds(after);
  }

  static @Nullable Instant warning(TaskRun task, Instant startedAt) {
    Integer after = task.task.warnAfterSeconds();
    return after == null || task.warned ? null : startedAt.plusSeconds(after);
  }

  /** Whether that date has come. */
  static boolean isDue(@Nullable Instant date, Instant now) {
    return date != null && !date.isAfter(now);
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private Timers() {}
}
