package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.task.TaskReport;
import io.mutirao.contracts.task.TaskReport.AttemptRef;
import io.mutirao.contracts.task.TaskReport.TaskEnded;
import io.mutirao.contracts.task.TaskReport.TaskStarted;
import io.mutirao.contracts.task.TaskReport.WorkerBeat;
import io.mutirao.dispatcher.claim.ClaimStore;
import io.mutirao.dispatcher.lifecycle.TaskInput;
import io.mutirao.dispatcher.lifecycle.TaskState;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import io.mutirao.messaging.lane.LaneBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What workers say, what they do not say, and what time brings: inputs of the runs of a batch. */
final class RunWatch {

  /** The most that one batch does of its own accord; the rest is due at once. */
  private static final int AT_ONCE = 500;

  private static final Becomes QUEUED_TOO_LONG =
      new Becomes(
          Result.SKIPPED,
          Cause.QUEUED_TOO_LONG,
          "Skipped: it waited in the queue for longer than is allowed.");

  private final LaneBatch batch;
  private final LaneMemory memory;
  private final Flow flow;
  private final RunMetrics metrics;
  private final DispatcherConfig config;
  private final Instant now;

  RunWatch(
      LaneBatch batch, LaneMemory memory, Flow flow, RunMetrics metrics, DispatcherConfig config) {
    this.batch = batch;
    this.memory = memory;
    this.flow = flow;
    this.metrics = metrics;
    this.config = config;
    this.now = batch.now();
  }

  // ---- what workers say

  void hear(TaskReport report) {
    switch (report) {
      case TaskStarted started ->
          signOfLife(
              started.attempt(),
              started.run(),
              started.worker(),
              new TaskInput.Started(started.attempt(), started.worker(), started.startedAt()));
      case TaskEnded ended -> ended(ended);
      case WorkerBeat beat -> {
        for (AttemptRef ref : beat.attempts()) {
          signOfLife(
              ref.attempt(),
              ref.run(),
              beat.worker(),
              new TaskInput.Beat(ref.attempt(), beat.worker()));
        }
      }
    }
  }

  private void ended(TaskEnded report) {
    TaskRun task = memory.attempt(report.attempt().value());
    if (task != null) {
      flow.apply(
          task,
          new TaskInput.Ended(
              report.attempt(),
              report.worker(),
              report.ending(),
              report.cause(),
              report.message(),
              report.endedAt(),
              left(report)));
    }
  }

  private static TaskState.Left left(TaskEnded report) {
    return new TaskState.Left(
        report.executedUntil(),
        report.values().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, value -> value.getValue().toString())));
  }

  /** For an attempt that is over it is answered with Stop, each time. */
  private void signOfLife(AttemptId attempt, RunId run, WorkerId worker, TaskInput input) {
    TaskRun task = memory.attempt(attempt.value());
    if (task == null) {
      flow.stop(attempt, run, worker);
      return;
    }
    flow.apply(task, input);
    if (task.state instanceof TaskState.Held held && held.worker().equals(worker)) {
      task.heardOf = batch.nanos();
    }
  }

  // ---- what time brings

  /** Time-outs, warnings, retries, and offers that nobody has spoken of. */
  void lookAtDueRuns(Connection db) throws SQLException {
    Map<AttemptId, TaskRun> quiet = new LinkedHashMap<>();
    for (int i = 0; i < AT_ONCE; i++) {
      Run run = memory.takeDue(now);
      if (run == null) {
        break;
      }
      int toEnd = memory.toEnd.size();
      lookAt(run, quiet);
      if (memory.toEnd.size() == toEnd) {
        memory.schedule(run); // else once it was ended, or was not
      }
    }
    if (!quiet.isEmpty()) {
      Map<AttemptId, WorkerId> holders = ClaimStore.holders(db, quiet.keySet());
      quiet.forEach((attempt, task) -> lookAt(task, attempt, holders));
    }
  }

  private void lookAt(Run run, Map<AttemptId, TaskRun> quiet) {
    if (run.queued) {
      memory.toEnd.add(new LaneMemory.ToEnd(run, QUEUED_TOO_LONG));
      return;
    }
    if (Timers.isDue(Timers.warning(run), now)) {
      flow.warn(run);
    }
    if (Timers.isDue(Timers.timeout(run), now)) {
      memory.toEnd.add(new LaneMemory.ToEnd(run, timedOut(run.timeoutSeconds)));
      return;
    }
    for (TaskRun task : run.attempts()) {
      if (!Timers.isDue(Timers.next(task), now)) {
        continue;
      }
      switch (task.state) {
        case TaskState.Waiting _ -> flow.wake(task);
        case TaskState.Offered offered -> {
          task.checkAt = now.plus(config.claimCheck());
          quiet.put(offered.attempt(), task);
        }
        case TaskState.Running running -> takesLong(task, running.startedAt());
        case TaskState.Delegated delegated -> takesLong(task, delegated.startedAt());
        case TaskState.Blocked _,
            TaskState.Claimed _,
            TaskState.Terminating _,
            TaskState.Finished _ -> {}
      }
    }
  }

  private void takesLong(TaskRun task, @Nullable Instant startedAt) {
    if (startedAt == null) {
      return;
    }
    if (Timers.isDue(Timers.warning(task, startedAt), now)) {
      flow.warn(task);
    }
    Integer seconds = task.task.timeoutSeconds();
    if (seconds != null && Timers.isDue(Timers.timeout(task, startedAt), now)) {
      memory.toEnd.add(new LaneMemory.ToEnd(task.run, task, timedOut(seconds)));
    }
  }

  private static Becomes timedOut(int seconds) {
    return new Becomes(
        Result.TIMED_OUT, Cause.TIMED_OUT, "Timed out after " + seconds + " seconds.");
  }

  private void lookAt(TaskRun task, AttemptId attempt, Map<AttemptId, WorkerId> holders) {
    WorkerId holder = holders.get(attempt);
    if (!(task.state instanceof TaskState.Offered offered)) {
      return;
    }
    Duration waited = Duration.between(offered.offeredAt(), now);
    if (holder != null) {
      task.heardOf = batch.nanos();
      flow.apply(task, new TaskInput.ClaimsRead(attempt, holder));
    } else if (waited.compareTo(config.reoffer()) >= 0) {
      flow.apply(task, new TaskInput.OfferAged(attempt));
    } else {
      // The longer it waits, the more wait with it: look less often.
      task.checkAt = now.plus(config.claimCheck()).plus(waited.dividedBy(4));
      memory.schedule(task.run);
    }
  }

  /**
   * Ends runs that are to end before their time, some at a time. What was offered and not claimed
   * is claimed first, so that nobody starts it.
   */
  void endRuns(Connection db) throws SQLException {
    List<LaneMemory.ToEnd> wishes = new ArrayList<>();
    Set<AttemptId> offered = new HashSet<>();
    while (wishes.size() < AT_ONCE && !memory.toEnd.isEmpty()) {
      LaneMemory.ToEnd wish = memory.toEnd.remove();
      wishes.add(wish);
      for (TaskRun task : wish.attempts()) {
        if (task.state instanceof TaskState.Offered) {
          offered.add(task.id);
        }
      }
    }
    if (!wishes.isEmpty()) {
      Map<AttemptId, WorkerId> holders =
          offered.isEmpty() ? Map.of() : ClaimStore.take(db, offered);
      // What waits first: else the end of another run would let it in.
      wishes.sort(Comparator.comparing(wish -> !wish.run().queued));
      for (LaneMemory.ToEnd wish : wishes) {
        if (!flow.end(wish, offered, holders)) {
          memory.toEnd.add(wish);
        }
      }
    }
  }

  // ---- what workers do not say

  /** Ends the attempts whose worker's lease is over; only when all that it said has been read. */
  void judgeSilence() {
    LaneBatch.CaughtUp caughtUp = batch.caughtUp();
    if (caughtUp == null) {
      return;
    }
    long lease = config.lease().toNanos();
    List<TaskRun> silent = new ArrayList<>();
    for (Run run : memory.runs()) {
      for (TaskRun task : run.attempts()) {
        long quietSince = Math.max(task.heardOf, caughtUp.contactSince());
        if (task.state instanceof TaskState.Held && caughtUp.nanos() - quietSince > lease) {
          silent.add(task);
        }
      }
    }
    for (TaskRun task : silent) {
      metrics.workerLost();
      flow.apply(task, new TaskInput.WorkerSilent(task.id));
    }
  }
}
