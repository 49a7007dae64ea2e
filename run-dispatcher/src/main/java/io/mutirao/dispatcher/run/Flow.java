package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.RetryPolicy;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunCommand.ChildEnded;
import io.mutirao.contracts.run.RunCommand.ChildStarted;
import io.mutirao.contracts.run.RunCommand.Parent;
import io.mutirao.contracts.run.RunTrigger;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.dispatcher.graph.Graph;
import io.mutirao.dispatcher.graph.References;
import io.mutirao.dispatcher.graph.Retries;
import io.mutirao.dispatcher.lifecycle.TaskInput;
import io.mutirao.dispatcher.lifecycle.TaskState;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.lane.LaneChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves runs within one batch: an input to a step of its task, that step to what the graph makes of
 * it, all of it to changes. Nothing is decided here that {@link Graph} could decide, or that is of
 * an attempt ({@link TaskSteps}). It is long because runs come, move and end in one another.
 */
final class Flow {

  private final LaneMemory memory;
  private final LaneChanges changes;
  private final RunMetrics metrics;
  private final Batch batch;
  private final Instant now;
  private final RunTeller teller;
  private final Written written;
  private final TaskSteps steps;
  private final Turns turns;

  Flow(Batch batch, RunMetrics metrics) {
    this.batch = batch;
    this.memory = batch.memory();
    this.changes = batch.changes();
    this.now = batch.now();
    this.metrics = metrics;
    this.teller = new RunTeller(changes, now);
    this.written = new Written(changes);
    this.steps = new TaskSteps(batch, teller, written);
    this.turns = new Turns(batch, written, this::letIn);
  }

  // ---- runs come

  /** A run that was asked for. It starts, waits or is skipped, as its job allows. */
  Run create(Run.Fixed fixed, KnownJob job, Admission admission, @Nullable Envelope<?> cause) {
    Run run = prepare(fixed);
    metrics.accepted();
    teller.queued(run, cause);
    switch (admission) {
      case Admission.Start _ -> {
        memory.add(run, job);
        settle(run, cause);
      }
      case Admission.Queue queue -> {
        run.queued = true;
        run.waits = queue;
        run.queuedUntil = now.plus(batch.config().queueLimit());
        memory.add(run, job);
        if (queue.cause() == Cause.WORKSPACE_LIMIT) {
          memory.starved.add(job);
        }
      }
      case Admission.Refuse _ -> throw new IllegalArgumentException("such a run is never made");
      case Admission.Skip(Becomes end) -> {
        memory.add(run, job);
        run.tasks.forEach(task -> steps.step(task, new TaskInput.Close(end), cause));
        finish(run, end, cause);
      }
    }
    return run;
  }

  private Run prepare(Run.Fixed fixed) {
    Run run = new Run(fixed);
    List<String> only = fixed.request().only();
    List<Task> tasks = fixed.definition().tasks();
    for (int i = 0; i < tasks.size(); i++) {
      if (only.isEmpty() || only.contains(tasks.get(i).key())) {
        TaskRun task =
            new TaskRun(run, i, written.mint(run), new TaskState.Blocked(), now, batch.checkAt());
        run.tasks.add(task);
        written.move(task);
      }
    }
    written.add(run);
    Parent parent = fixed.request().parent();
    if (parent != null) {
      changes.send(
          Topics.RUN_COMMANDS, new ChildStarted(parent.run(), parent.attempt(), run.id()), null);
    }
    return run;
  }

  /** The number of the job's next run. */
  long nextNumber(KnownJob job) {
    touch(job);
    return ++job.runs;
  }

  void touch(KnownJob job) {
    written.touch(job);
  }

  int taskLimit() {
    return batch.config().activeTasks();
  }

  int mostTasks() {
    return batch.config().mostTasks();
  }

  RunId mintRun() {
    return new RunId(changes.mintId());
  }

  // ---- tasks move

  /** Something happened to a task; the run goes on from there. */
  void apply(TaskRun task, TaskInput input) {
    if (steps.step(task, input, null)) {
      settle(task.run, null);
    }
  }

  /** Tells a worker that it is to end what it should not have. */
  void stop(AttemptId attempt, RunId run, WorkerId worker) {
    steps.stop(attempt, run, worker);
  }

  // ---- runs move

  /**
   * Begins what may begin, closes what never will, ends the run when nothing is left, and sees to
   * it that it is looked at again when its time comes.
   */
  private void settle(Run run, @Nullable Envelope<?> cause) {
    boolean again = !run.queued;
    while (again) {
      again = false;
      for (TaskRun task : run.tasks) {
        if (task.isLoop() && task.state instanceof TaskState.Delegated delegated) {
          again |= advance(task, delegated, cause);
        }
      }
      again |= run.ending == null && settleGraph(run, cause);
    }
    if (run.end == null && run.tasksAreOver()) {
      Becomes ending = run.ending;
      finish(run, ending == null ? Graph.verdict(run.graph(), run.ended()) : ending, cause);
    }
    if (run.end == null) {
      memory.schedule(run);
    }
  }

  /** Whether there is more to settle. */
  private boolean settleGraph(Run run, @Nullable Envelope<?> cause) {
    boolean over = false;
    Map<String, Graph.Ended> ended = run.ended();
    List<Task> graph = run.graph();
    for (int i = 0; i < run.tasks.size(); i++) {
      TaskRun task = run.tasks.get(i);
      if (task.state instanceof TaskState.Blocked) {
        switch (Graph.next(graph.get(i), ended)) {
          case Graph.Next.Wait _ -> {}
          case Graph.Next.Begin _ -> over |= begin(task, cause);
          case Graph.Next.Close(Becomes end) ->
              over |= steps.step(task, new TaskInput.Close(end), cause);
        }
      }
    }
    return over;
  }

  /** Begins as many iterations of a loop as may run at a time; whether the loop is over. */
  private boolean advance(
      TaskRun task, TaskState.Delegated delegated, @Nullable Envelope<?> cause) {
    List<TaskRun> begun = new ArrayList<>(task.run.iterationsOf(task));
    for (TaskRun iteration : begun) {
      if (iteration.state instanceof TaskState.Blocked && delegated.becomes() == null) {
        begin(iteration, cause); // there was no permit for it before
      }
    }
    long running = begun.stream().filter(iteration -> !iteration.isOver()).count();
    int all = delegated.becomes() == null ? loop(task).inputs().size() : begun.size();
    int concurrency = delegated.becomes() == null ? loop(task).concurrency() : 0;
    while (running < concurrency && begun.size() < all) {
      TaskRun iteration = task.iteration(begun.size(), written.mint(task.run));
      iteration.repair = task.repair;
      iteration.createdAt = now;
      begun.add(iteration);
      task.run.iterations.add(iteration);
      memory.know(iteration);
      written.move(iteration);
      running += begin(iteration, cause) ? 0 : 1;
    }
    if (running > 0 || begun.size() < all) {
      return false;
    }
    return steps.step(task, new TaskInput.ChildEnded(task.id, Graph.ofLoop(ends(begun))), cause);
  }

  private static Loop loop(TaskRun task) {
    try {
      return Loop.of(task);
    } catch (References.Unknown e) {
      throw new IllegalStateException("it was resolved when the loop began", e);
    }
  }

  private static List<Becomes> ends(List<TaskRun> iterations) {
    List<Becomes> ends = new ArrayList<>();
    for (TaskRun iteration : iterations) {
      if (iteration.state instanceof TaskState.Finished over) {
        ends.add(over.end());
      }
    }
    return ends;
  }

  /** Whether there is more to settle: it is over already, or a loop that has begun. */
  private boolean begin(TaskRun task, @Nullable Envelope<?> cause) {
    try {
      switch (task.task.kind()) {
        case Task.CONDITION -> {
          Condition.Verdict verdict = Condition.of(Parameters.of(task));
          task.outcome = verdict.outcome();
          steps.step(task, new TaskInput.Close(verdict.end()), cause);
        }
        case Task.FOR_EACH -> {
          Loop.of(task);
          steps.step(task, new TaskInput.Delegate(task.id, now), cause);
        }
        case Task.RUN_JOB -> {
          ChildRun.of(task);
          steps.step(task, new TaskInput.Delegate(task.id, null), cause);
        }
        default -> {
          Parameters.of(task);
          if (memory.permits.idle() > 0) {
            steps.step(task, new TaskInput.Begin(task.id), cause);
          } else {
            await(task);
          }
        }
      }
    } catch (References.Unknown | IllegalArgumentException e) {
      close(task, String.valueOf(e.getMessage()), cause);
    }
    return task.isOver() || task.isLoop();
  }

  /** It begins once there is a permit. */
  private void await(TaskRun task) {
    if (task.state instanceof TaskState.Waiting) {
      task.state = new TaskState.Blocked();
      written.move(task);
    }
    memory.hungry.add(task.run);
  }

  /** It cannot be carried out as it is. */
  private void close(TaskRun task, String why, @Nullable Envelope<?> cause) {
    Becomes end = new Becomes(Result.FAILED, Cause.INVALID_CONFIGURATION, why);
    steps.step(task, new TaskInput.Close(end), cause);
  }

  private void finish(Run run, Becomes end, @Nullable Envelope<?> cause) {
    KnownJob job = memory.jobOf(run);
    run.end = end;
    run.queued = false;
    run.waits = null;
    run.endedAt = run.ownTask() ? endOf(run.tasks.getFirst()) : now;
    written.move(run);
    memory.remove(run);
    metrics.finished(end.result());
    Instant began = run.startedAt == null ? run.fixed.createdAt() : run.startedAt;
    RetryPolicy retries = run.fixed.definition().retries();
    Optional<Instant> again =
        run.repair == 0 && !job.forgotten
            ? Retries.next(retries, run.fixed.request().attempt(), end, began)
            : Optional.empty();
    teller.finished(run, end, again.isPresent(), cause);
    Parent parent = run.fixed.request().parent();
    if (parent != null && again.isEmpty()) {
      changes.send(
          Topics.RUN_COMMANDS,
          new ChildEnded(
              parent.run(), parent.attempt(), run.id(), end.result(), end.cause(), end.why()),
          cause);
    }
    again.ifPresent(at -> retry(run, job, at));
    promote(job);
    keepGoing(
        job,
        "continuous after " + run.id() + "." + run.repair,
        run.fixed.requestedBy(),
        Continuous.failures(run.fixed.request().failures(), end.result()));
  }

  private Instant endOf(TaskRun task) {
    return task.state instanceof TaskState.Finished over ? over.endedAt() : now;
  }

  /** A run of its own that tries again what this one failed at. */
  private void retry(Run failed, KnownJob job, Instant at) {
    Run.Fixed before = failed.fixed;
    Run.Fixed fixed =
        new Run.Fixed(
            mintRun(),
            before.job(),
            before.version(),
            nextNumber(job),
            before.submitted(),
            before.definition(),
            before.request().retryOf(before.id()),
            now,
            "retry of " + before.id(),
            before.requestedBy());
    later(fixed, failed.timeoutSeconds, job, at);
  }

  /**
   * Sees to it that a job which always has a run has one.
   *
   * @param reason once only; the id of the command that nobody sent
   * @param failures how many of its runs failed one after the other
   */
  void keepGoing(KnownJob job, String reason, String by, int failures) {
    JobDefinition definition = job.definition;
    if (definition == null || !Continuous.wantsRun(job)) {
      return;
    }
    Run.Fixed fixed =
        new Run.Fixed(
            mintRun(),
            new JobId(job.id),
            job.version,
            nextNumber(job),
            false,
            definition,
            RunRequest.continuous(failures),
            now,
            reason,
            by);
    Duration pause =
        Continuous.pause(
            failures, batch.config().continuousPause(), batch.config().continuousPauseMost());
    later(fixed, definition.timeoutSeconds(), job, now.plus(pause));
  }

  /** Runs of a job that always had one, and shall not go on: those that have not begun end. */
  void standStill(KnownJob job) {
    for (Run run : job.open) {
      if (run.fixed.request().trigger() == RunTrigger.CONTINUOUS && run.startedAt == null) {
        memory.toEnd.add(new LaneMemory.ToEnd(run, Continuous.PAUSED));
      }
    }
  }

  /** A run whose first tasks begin when their time comes. */
  private void later(Run.Fixed fixed, int timeoutSeconds, KnownJob job, Instant at) {
    Run run = prepare(fixed);
    metrics.accepted();
    run.timeoutSeconds = timeoutSeconds;
    teller.queued(run, null);
    run.tasks.stream()
        .filter(task -> task.task.dependsOn().isEmpty())
        .forEach(task -> task.state = new TaskState.Waiting(at));
    memory.add(run, job);
    settle(run, null);
  }

  /** Lets runs of the job in that wait, as far as there is room. */
  void promote(KnownJob job) {
    turns.promote(job);
  }

  /** Lets begin what waits for permits, as far as there are any. */
  void feed() {
    turns.feed();
  }

  private void letIn(Run run) {
    written.move(run);
    settle(run, null);
  }

  /**
   * The run's time-out is another one from now on. Of a run that waits, and there may be any number
   * of them, the job says so again at take-over, and its row when it is let in.
   */
  void timeOutAfter(Run run, int seconds) {
    if (run.timeoutSeconds != seconds) {
      run.timeoutSeconds = seconds;
      if (!run.queued) {
        written.move(run);
      }
      memory.schedule(run);
    }
  }

  /** The retry of a task is due. */
  void wake(TaskRun task) {
    begin(task, null);
    settle(task.run, null);
  }

  void warn(Run run) {
    run.warned = true;
    written.move(run);
    teller.warning(run, null);
    memory.schedule(run);
  }

  void warn(TaskRun task) {
    task.warned = true;
    written.move(task);
    teller.warning(task.run, task);
    memory.schedule(task.run);
  }

  /**
   * Ends a run, or a task of it, before its time.
   *
   * @param taken the offered attempts that were claimed so that nobody starts them
   * @param holders who had claimed those of them that were claimed before
   * @return false: one of its attempts was offered since; once more, please
   */
  boolean end(LaneMemory.ToEnd wish, Set<AttemptId> taken, Map<AttemptId, WorkerId> holders) {
    Run run = wish.run();
    if (run.end != null || run.ending != null) {
      return true;
    }
    List<TaskRun> attempts = wish.attempts();
    for (TaskRun task : attempts) {
      if (task.state instanceof TaskState.Offered && !taken.contains(task.id)) {
        return false;
      }
    }
    if (wish.task() == null) {
      endWhole(run, wish.end());
    }
    for (TaskRun task : attempts) {
      if (!task.isOver()) {
        steps.step(task, new TaskInput.End(wish.end(), holders.get(task.id)), null);
      }
    }
    settle(run, null);
    return true;
  }

  private void endWhole(Run run, Becomes end) {
    if (run.queued) {
      run.queued = false;
      run.waits = null;
      memory.jobOf(run).queue.remove(run);
    }
    written.move(run);
    if (!run.ownTask()) {
      run.ending = end;
      teller.terminating(run, end.why());
    }
  }

  /** Runs these tasks again, of a run that is over. */
  void repair(Run run, KnownJob job, Set<String> keys, long repairId) {
    RepairStore.close(changes, run);
    run.repair++;
    run.sequence = 0;
    run.end = null;
    run.endedAt = null;
    run.ending = null;
    run.startedAt = null;
    run.warned = false;
    List<AttemptId> begun = new ArrayList<>();
    for (TaskRun task : run.tasks) {
      if (keys.contains(task.task.key())) {
        steps.follow(task, 0);
        task.state = new TaskState.Blocked();
        written.move(task);
        forgetIterations(task);
        begun.add(task.id);
      }
    }
    written.move(run);
    RepairStore.begin(changes, run, repairId, now, begun);
    memory.add(run, job);
    teller.queued(run, null);
    settle(run, null);
  }

  /** The loop begins anew. */
  private void forgetIterations(TaskRun loop) {
    for (TaskRun iteration : loop.run.iterationsOf(loop)) {
      written.passed(iteration);
      loop.run.iterations.remove(iteration);
    }
    if (loop.isLoop()) {
      RunStore.deleteIterations(changes, loop);
    }
  }

  /** Writes what this batch changed, each row once, as it is at the end of the batch. */
  void write(int lane) {
    written.write(lane);
  }
}
