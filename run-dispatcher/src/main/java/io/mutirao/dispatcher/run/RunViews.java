package io.mutirao.dispatcher.run;

import io.mutirao.contracts.run.RunTrigger;
import io.mutirao.contracts.run.RunView;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import java.util.List;

/** What is shown of runs and tasks. */
final class RunViews {

  /**
   * A run.
   *
   * @param past the attempts before the latest ones
   * @param repairs its executions, if it was repaired
   */
  static RunView run(Run run, List<RunView.TaskRun> past, List<RunView.Repair> repairs) {
    Run.Fixed fixed = run.fixed;
    RunRequest request = fixed.request();
    Becomes end = run.end;
    Becomes told = end == null ? run.ending : end;
    Admission.Queue queue = run.waits;
    return new RunView(
        run.id(),
        fixed.job(),
        fixed.numberInJob(),
        fixed.submitted(),
        request.trigger() == null ? RunTrigger.ONE_TIME : request.trigger(),
        request.firstRun() == null ? run.id() : request.firstRun(),
        request.attempt(),
        run.phase(),
        end == null ? null : end.result(),
        end == null ? (queue == null ? null : queue.cause()) : end.cause(),
        told == null ? (queue == null ? "" : queue.why()) : told.why(),
        request.parameters(),
        Parameters.ofJob(run),
        fixed.requestedBy(),
        fixed.version(),
        fixed.definition(),
        fixed.createdAt(),
        run.startedAt,
        run.endedAt,
        run.tasks.stream().map(RunViews::task).toList(),
        run.iterations.stream().map(RunViews::task).toList(),
        past,
        repairs,
        request.access());
  }

  static RunView.TaskRun task(TaskRun task) {
    TaskRow row = TaskRow.of(task.state);
    return new RunView.TaskRun(
        task.id,
        task.task.key(),
        task.attemptNumber,
        task.repair,
        row.phase(),
        row.result(),
        row.cause(),
        row.message(),
        task.outcome,
        task.child,
        task.iteration < 0 ? null : task.iteration,
        task.worker,
        task.createdAt,
        row.startedAt(),
        row.left().executedUntil(),
        row.endedAt());
  }

  private RunViews() {}
}
