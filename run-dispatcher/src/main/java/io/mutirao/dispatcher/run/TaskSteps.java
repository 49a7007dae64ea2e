package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.job.RetryPolicy;
import io.mutirao.contracts.run.RunCommand.CancelRun;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.contracts.task.WorkerControl.StopTask;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.dispatcher.graph.References;
import io.mutirao.dispatcher.graph.Retries;
import io.mutirao.dispatcher.lifecycle.Lifecycle;
import io.mutirao.dispatcher.lifecycle.Step;
import io.mutirao.dispatcher.lifecycle.TaskInput;
import io.mutirao.dispatcher.lifecycle.TaskState;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.lane.LaneChanges;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves the attempts of tasks: an input to a step of the {@link Lifecycle}, and what that step says
 * to workers, events and rows.
 */
final class TaskSteps {

  private final Batch batch;
  private final LaneMemory memory;
  private final LaneChanges changes;
  private final RunTeller teller;
  private final Written written;

  TaskSteps(Batch batch, RunTeller teller, Written written) {
    this.batch = batch;
    this.memory = batch.memory();
    this.changes = batch.changes();
    this.teller = teller;
    this.written = written;
  }

  /** Whether it changed anything. */
  boolean step(TaskRun task, TaskInput input, @Nullable Envelope<?> cause) {
    TaskState before = task.state;
    Step step = Lifecycle.on(before, input, batch.now());
    task.state = step.next();
    memory.permits.use(needed(task.state) - needed(before));
    for (Step.Effect effect : step.effects()) {
      switch (effect) {
        case Step.Effect.Offer _ -> offer(task, cause);
        case Step.Effect.Begin _ -> delegate(task, cause);
        case Step.Effect.StopChild stop ->
            changes.send(
                Topics.RUN_COMMANDS,
                new CancelRun(stop.child(), task.run.fixed.requestedBy()),
                null);
        case Step.Effect.Stop stop -> stop(stop.attempt(), task.run.id(), stop.worker());
      }
    }
    if (task.state.equals(before)) {
      return false;
    }
    written.move(task);
    if (task.state instanceof TaskState.Held held) {
      task.worker = held.worker();
    }
    switch (task.state) {
      case TaskState.Running running -> started(task, running);
      case TaskState.Terminating ending -> terminating(task, ending);
      case TaskState.Finished over -> attemptIsOver(task, over);
      case TaskState.Delegated delegated -> delegated(task, delegated);
      case TaskState.Blocked _, TaskState.Waiting _, TaskState.Offered _, TaskState.Claimed _ -> {}
    }
    return true;
  }

  private static int needed(TaskState state) {
    return state instanceof TaskState.Active ? 1 : 0;
  }

  void stop(AttemptId attempt, RunId run, WorkerId worker) {
    changes.send(Topics.WORKER_CONTROL, new StopTask(attempt, run, worker), null);
  }

  private void started(TaskRun task, TaskState.Running running) {
    Run run = task.run;
    if (run.startedAt == null) {
      run.startedAt = running.startedAt();
      teller.started(run, running);
    }
    teller.changed(task, false);
  }

  private void delegated(TaskRun task, TaskState.Delegated delegated) {
    Run run = task.run;
    RunId child = delegated.child();
    Instant startedAt = delegated.startedAt();
    boolean began = startedAt != null && (child == null || task.child == null);
    task.child = child == null ? task.child : child;
    if (run.startedAt == null && startedAt != null) {
      run.startedAt = startedAt;
    }
    if (began && delegated.becomes() == null) {
      teller.changed(task, false);
    }
  }

  /** Others carry the task out from now on. */
  private void delegate(TaskRun task, @Nullable Envelope<?> cause) {
    if (task.isLoop()) {
      return; // its iterations begin when the run settles
    }
    try {
      ChildRun child = ChildRun.of(task);
      changes.send(Topics.RUN_COMMANDS, child.command(), cause);
    } catch (References.Unknown e) {
      throw new IllegalStateException("it was resolved before the task began", e);
    }
  }

  private void terminating(TaskRun task, TaskState.Terminating ending) {
    Run run = task.run;
    Instant startedAt = ending.startedAt();
    if (run.startedAt == null && startedAt != null) {
      run.startedAt = startedAt;
    }
    if (run.ownTask() && run.ending == null) {
      run.ending = ending.becomes();
      teller.terminating(run, ending.becomes().why());
    }
  }

  private void attemptIsOver(TaskRun task, TaskState.Finished over) {
    Run run = task.run;
    Instant began = over.startedAt() == null ? task.createdAt : over.startedAt();
    Optional<Instant> again =
        run.ending == null
            ? Retries.next(policy(task), task.attemptNumber, over.end(), began)
            : Optional.empty();
    teller.changed(task, again.isPresent());
    if (again.isPresent()) {
      follow(task, Retries.number(task.attemptNumber, over.end()));
      task.state = new TaskState.Waiting(again.get());
    }
  }

  private static RetryPolicy policy(TaskRun task) {
    RetryPolicy ofJob = Continuous.retries(task);
    return ofJob == null || task.task.retries().max() != 0 ? task.task.retries() : ofJob;
  }

  /** Another attempt follows this one. */
  void follow(TaskRun task, int number) {
    written.passed(task);
    memory.forget(task);
    task.id = written.mint(task.run);
    task.attemptNumber = number;
    task.repair = task.run.repair;
    task.createdAt = batch.now();
    task.outcome = null;
    task.child = null;
    task.worker = null;
    task.warned = false;
    memory.know(task);
  }

  private void offer(TaskRun task, @Nullable Envelope<?> cause) {
    Run run = task.run;
    task.checkAt = batch.checkAt();
    try {
      changes.hint(
          Topics.offers(batch.pools().of(run.fixed.definition(), task.task)),
          new OfferTask(
              task.id,
              run.id(),
              run.fixed.job(),
              task.task.kind(),
              Parameters.of(task),
              task.task.key(),
              task.task.setup(),
              run.runsAs()),
          cause);
    } catch (References.Unknown e) {
      throw new IllegalStateException("it was resolved before the task began", e);
    }
  }
}
