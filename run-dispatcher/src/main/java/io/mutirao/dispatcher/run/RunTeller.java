package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Notifications;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunEvent;
import io.mutirao.contracts.run.RunEvent.DurationWarning;
import io.mutirao.contracts.run.RunEvent.RunFinished;
import io.mutirao.contracts.run.RunEvent.RunQueued;
import io.mutirao.contracts.run.RunEvent.RunStarted;
import io.mutirao.contracts.run.RunEvent.RunTerminating;
import io.mutirao.contracts.run.RunEvent.TaskChanged;
import io.mutirao.contracts.run.RunNotices;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.dispatcher.lifecycle.TaskState;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.lane.LaneChanges;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells on {@code run.events} what a batch did to runs: the only place that counts sequences. */
final class RunTeller {

  private final LaneChanges changes;
  private final Instant now;

  RunTeller(LaneChanges changes, Instant now) {
    this.changes = changes;
    this.now = now;
  }

  void queued(Run run, @Nullable Envelope<?> cause) {
    Run.Fixed fixed = run.fixed;
    int attempt = fixed.request().attempt();
    tell(
        new RunQueued(
            run.id(),
            fixed.job(),
            run.repair,
            ++run.sequence,
            now,
            fixed.numberInJob(),
            fixed.requestedBy(),
            fixed.definition().name(),
            fixed.request().trigger(),
            attempt == 0 ? null : attempt,
            notices(fixed)),
        cause);
  }

  private static @Nullable RunNotices notices(Run.Fixed fixed) {
    JobDefinition definition = fixed.definition();
    Map<String, Notifications> tasks = new HashMap<>();
    for (Task task : definition.tasks()) {
      if (task.notifications() != null) {
        tasks.put(task.key(), task.notifications());
      }
    }
    if (definition.notifications() == null && tasks.isEmpty()) {
      return null;
    }
    Map<String, String> jobParameters = new HashMap<>(definition.parameters());
    jobParameters.putAll(fixed.request().jobParameters());
    return new RunNotices(
        definition.notifications(),
        tasks,
        Run.ownTask(definition) ? definition.tasks().getFirst().key() : null,
        fixed.request().parameters(),
        jobParameters);
  }

  void started(Run run, TaskState.Running first) {
    tell(
        new RunStarted(
            run.id(),
            run.fixed.job(),
            run.repair,
            ++run.sequence,
            now,
            first.attempt(),
            first.worker(),
            first.startedAt()),
        null);
  }

  /** A task started or is over; a run's own task tells it by the run's events. */
  void changed(TaskRun task, boolean retried) {
    Run run = task.run;
    if (run.ownTask()) {
      return;
    }
    TaskRow row = TaskRow.of(task.state);
    JobId job = run.fixed.job();
    Result result = row.result();
    Cause cause = row.cause();
    tell(
        new TaskChanged(
            run.id(),
            job,
            run.repair,
            ++run.sequence,
            now,
            task.task.key(),
            task.id,
            task.attemptNumber,
            row.phase(),
            result,
            cause,
            row.message(),
            row.startedAt(),
            retried),
        null);
  }

  void terminating(Run run, String why) {
    tell(new RunTerminating(run.id(), run.fixed.job(), run.repair, ++run.sequence, now, why), null);
  }

  void finished(Run run, Becomes end, boolean retried, @Nullable Envelope<?> cause) {
    tell(
        new RunFinished(
            run.id(),
            run.fixed.job(),
            run.repair,
            ++run.sequence,
            now,
            end.result(),
            end.why(),
            run.startedAt,
            end.cause(),
            retried ? true : null),
        cause);
  }

  /**
   * It takes long.
   *
   * @param task null: the run as a whole
   */
  void warning(Run run, @Nullable TaskRun task) {
    Integer after =
        task == null ? run.fixed.definition().warnAfterSeconds() : task.task.warnAfterSeconds();
    tell(
        new DurationWarning(
            run.id(),
            run.fixed.job(),
            run.repair,
            ++run.sequence,
            now,
            task == null ? null : task.task.key(),
            after == null ? 0 : after),
        null);
  }

  private void tell(RunEvent event, @Nullable Envelope<?> cause) {
    changes.send(Topics.RUN_EVENTS, event, cause);
  }
}
