package io.mutirao.dispatcher.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunCommand.CancelRun;
import io.mutirao.contracts.run.RunCommand.DefineJob;
import io.mutirao.contracts.run.RunCommand.ForgetJob;
import io.mutirao.contracts.run.RunCommand.RunJob;
import io.mutirao.contracts.run.RunEvent.RunFinished;
import io.mutirao.contracts.run.RunEvent.RunQueued;
import io.mutirao.contracts.run.RunEvent.RunStarted;
import io.mutirao.contracts.run.RunEvent.RunTerminating;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.contracts.task.TaskReport.AttemptRef;
import io.mutirao.contracts.task.TaskReport.TaskEnded;
import io.mutirao.contracts.task.TaskReport.TaskStarted;
import io.mutirao.contracts.task.TaskReport.WorkerBeat;
import io.mutirao.contracts.task.WorkerControl.StopTask;
import io.mutirao.contracts.topic.Message;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.dispatcher.claim.ClaimStore;
import io.mutirao.dispatcher.lifecycle.Lifecycle;
import io.mutirao.dispatcher.lifecycle.RunInput;
import io.mutirao.dispatcher.lifecycle.RunState;
import io.mutirao.dispatcher.lifecycle.Step;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.lane.LaneBatch;
import io.mutirao.messaging.lane.LaneChanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One batch of one lane while it is decided: inputs to lifecycle steps, steps to changes. */
final class RunBatch {

  private final LaneBatch batch;
  private final LaneMemory memory;
  private final RunLanes.LookUp found;
  private final LaneChanges changes;
  private final Pools pools;
  private final RunMetrics metrics;
  private final DispatcherConfig config;
  private final Instant now;

  private final Set<KnownJob> touchedJobs = new LinkedHashSet<>();
  private final Map<RunId, Run> added = new LinkedHashMap<>();
  private final Set<Run> moved = new LinkedHashSet<>();
  private final Map<String, Accepted> tokens = new LinkedHashMap<>();
  private final Map<String, Reply> answered = new HashMap<>();
  private final List<Refused> refused = new ArrayList<>();

  RunBatch(
      LaneBatch batch,
      LaneMemory memory,
      RunLanes.LookUp found,
      LaneChanges changes,
      Pools pools,
      RunMetrics metrics,
      DispatcherConfig config) {
    this.batch = batch;
    this.memory = memory;
    this.found = found;
    this.changes = changes;
    this.pools = pools;
    this.metrics = metrics;
    this.config = config;
    this.now = batch.now();
  }

  // ---- definitions

  void define(DefineJob command) {
    KnownJob job = memory.job(command.job());
    if (job == null) {
      job = new KnownJob(command.job().value(), 0, false, 0, null);
      memory.keep(job);
    }
    if (command.version() > job.version) {
      job.version = command.version();
      job.definition = command.definition();
      touchedJobs.add(job);
      RunStore.putVersion(changes, command.job(), command.version(), command.definition());
    }
  }

  void forget(ForgetJob command) {
    KnownJob job = memory.job(command.job());
    if (job == null) {
      job = new KnownJob(command.job().value(), 0, true, 0, null);
      memory.keep(job);
    }
    if (command.version() > job.version) {
      job.version = command.version();
      job.forgotten = true;
      touchedJobs.add(job);
      for (Run run : memory.runs()) {
        if (run.fixed.job().equals(command.job())) {
          memory.toEnd.add(run);
        }
      }
    }
  }

  // ---- run requests

  void run(Envelope<? extends Message> input) {
    RunJob command = (RunJob) input.message();
    Reply answer = answerTo(input, command);
    answered.put(input.id(), answer);
    changes.reply(input, answer);
  }

  private Reply answerTo(Envelope<? extends Message> input, RunJob command) {
    Reply before = answered.getOrDefault(input.id(), found.answers().commands().get(input.id()));
    if (before != null) {
      return before;
    }
    if (command.token() != null) {
      Accepted same =
          tokens.getOrDefault(command.token(), found.answers().tokens().get(command.token()));
      if (same != null) {
        return new Accepted(input.id(), null, null, same.run(), same.numberInJob(), null);
      }
    }
    KnownJob job = memory.job(command.job());
    if (job == null || job.forgotten || job.definition == null) {
      Refused no =
          new Refused(input.id(), Refusal.UNKNOWN_JOB, "Job " + command.job() + " does not exist.");
      refused.add(no);
      return no;
    }
    Accepted yes = create(input, command, job, job.definition);
    if (command.token() != null) {
      tokens.put(command.token(), yes);
    }
    return yes;
  }

  private Accepted create(
      Envelope<? extends Message> input, RunJob command, KnownJob job, JobDefinition definition) {
    job.runs++;
    touchedJobs.add(job);
    RunId id = new RunId(changes.mintId());
    Optional<String> skipped = Admission.skips(definition, memory.activeRunsOf(command.job()));
    AttemptId attempt = skipped.isPresent() ? null : new AttemptId(changes.mintId());
    Run.Fixed fixed =
        new Run.Fixed(
            id,
            command.job(),
            job.version,
            job.runs,
            definition,
            command.parameters(),
            attempt,
            now,
            input.id(),
            command.by());
    RunState state =
        attempt == null
            ? new RunState.Finished(Result.SKIPPED, skipped.orElse(""), null, now)
            : new RunState.Offered(attempt, now);
    Run run = new Run(fixed, state, 1, now.plus(config.claimCheck()));
    added.put(id, run);
    metrics.accepted();
    if (attempt == null) {
      tellFinished(run, (RunState.Finished) state, input);
    } else {
      memory.add(run);
      changes.send(
          Topics.RUN_EVENTS,
          new RunQueued(
              id,
              command.job(),
              0,
              run.sequence,
              now,
              job.runs,
              command.by(),
              definition.name(),
              null,
              null,
              null),
          input);
      offer(run, attempt, input);
    }
    return Accepted.ofRun(input.id(), id, job.runs);
  }

  private void offer(Run run, AttemptId attempt, @Nullable Envelope<?> cause) {
    JobDefinition job = run.fixed.definition();
    Task task = job.tasks().getFirst();
    ObjectNode spec = task.spec();
    JsonNode instead = run.fixed.parameters().get(task.kind());
    if (instead != null) {
      spec = spec.deepCopy().set("parameters", instead);
    }
    changes.send(
        Topics.offers(pools.of(job)),
        new OfferTask(attempt, run.id(), run.fixed.job(), task.kind(), spec),
        cause);
  }

  void cancel(CancelRun command, Envelope<? extends Message> input) {
    Run run = memory.run(command.run().value());
    if (run != null) {
      end(run, RunInput.Reason.CANCELED, "Canceled by " + command.by() + ".");
    } else if (!found.visible().contains(command.run().value())) {
      changes.reply(
          input,
          new Refused(
              input.id(), Refusal.UNKNOWN_RUN, "Run " + command.run() + " does not exist."));
      return;
    }
    changes.reply(input, new Accepted(input.id(), null, null, command.run(), null, null));
  }

  private void end(Run run, RunInput.Reason reason, String why) {
    WorkerId holder =
        run.state instanceof RunState.Offered offered
            ? found.holders().get(offered.attempt())
            : null;
    apply(run, new RunInput.End(reason, why, holder));
  }

  // ---- reports

  void started(TaskStarted report) {
    report(
        report.attempt(),
        report.run(),
        report.worker(),
        new RunInput.Started(report.attempt(), report.worker(), report.startedAt()));
  }

  void ended(TaskEnded report) {
    Run run = memory.ofAttempt(report.attempt().value());
    if (run != null) {
      apply(
          run,
          new RunInput.Ended(
              report.attempt(),
              report.worker(),
              report.ending(),
              report.message(),
              report.endedAt()));
    }
  }

  void beat(WorkerBeat beat) {
    for (AttemptRef ref : beat.attempts()) {
      report(
          ref.attempt(), ref.run(), beat.worker(), new RunInput.Beat(ref.attempt(), beat.worker()));
    }
  }

  /** A sign of life. For an attempt that is over it is answered with Stop, each time. */
  private void report(AttemptId attempt, RunId id, WorkerId worker, RunInput input) {
    Run run = memory.ofAttempt(attempt.value());
    if (run == null) {
      changes.send(Topics.WORKER_CONTROL, new StopTask(attempt, id, worker), null);
      return;
    }
    apply(run, input);
    if (run.state instanceof RunState.Held held && held.worker().equals(worker)) {
      run.heardOf = batch.nanos();
    }
  }

  // ---- time

  /** Continues what a {@link ForgetJob} began, some runs at a time. */
  void endRunsOfDeletedJobs() {
    for (int i = 0; i < RunLanes.AT_ONCE && !memory.toEnd.isEmpty(); i++) {
      Run run = memory.toEnd.peek();
      if (run.state instanceof RunState.Offered offered
          && !found.looked().contains(offered.attempt())) {
        return; // its claim has not been taken yet: the next batch does
      }
      memory.toEnd.remove();
      end(run, RunInput.Reason.CANCELED, "Canceled: its job was deleted.");
    }
  }

  /** Time-outs, and offers that nobody has spoken of. */
  void lookAtDueRuns(Connection db) throws SQLException {
    Map<AttemptId, Run> quiet = new LinkedHashMap<>();
    for (int i = 0; i < RunLanes.AT_ONCE; i++) {
      Run run = memory.takeDue(now);
      if (run == null) {
        break;
      }
      switch (run.state) {
        case RunState.Offered offered -> quiet.put(offered.attempt(), run);
        case RunState.Running _ ->
            end(
                run,
                RunInput.Reason.TIMED_OUT,
                "Timed out after " + run.fixed.definition().timeoutSeconds() + " seconds.");
        case RunState.Claimed _, RunState.Terminating _, RunState.Finished _ -> {}
      }
    }
    if (quiet.isEmpty()) {
      return;
    }
    Map<AttemptId, WorkerId> holders = ClaimStore.holders(db, quiet.keySet());
    quiet.forEach((attempt, run) -> lookAt(run, attempt, holders.get(attempt)));
  }

  private void lookAt(Run run, AttemptId attempt, @Nullable WorkerId holder) {
    Instant offeredAt = ((RunState.Offered) run.state).offeredAt();
    Duration waited = Duration.between(offeredAt, now);
    if (holder != null) {
      run.heardOf = batch.nanos();
      apply(run, new RunInput.ClaimsRead(attempt, holder));
    } else if (waited.compareTo(config.reoffer()) >= 0) {
      run.checkAt = now.plus(config.claimCheck());
      apply(run, new RunInput.OfferAged(attempt));
    } else {
      // The longer it waits, the more wait with it: look less often.
      run.checkAt = now.plus(config.claimCheck()).plus(waited.dividedBy(4));
      memory.schedule(run);
    }
  }

  /** Ends the attempts whose worker's lease is over; only when all that it said has been read. */
  void judgeSilence() {
    LaneBatch.CaughtUp caughtUp = batch.caughtUp();
    if (caughtUp == null) {
      return;
    }
    long lease = config.lease().toNanos();
    List<Run> silent = new ArrayList<>();
    for (Run run : memory.runs()) {
      long quietSince = Math.max(run.heardOf, caughtUp.contactSince());
      if (run.state instanceof RunState.Held && caughtUp.nanos() - quietSince > lease) {
        silent.add(run);
      }
    }
    for (Run run : silent) {
      metrics.workerLost();
      apply(run, new RunInput.WorkerSilent(((RunState.Held) run.state).attempt()));
    }
  }

  // ---- steps to changes

  private void apply(Run run, RunInput input) {
    RunState before = run.state;
    Step step = Lifecycle.on(before, input, now);
    run.state = step.next();
    for (Step.Effect effect : step.effects()) {
      switch (effect) {
        case Step.Effect.Offer offer -> offer(run, offer.attempt(), null);
        case Step.Effect.Stop stop ->
            changes.send(
                Topics.WORKER_CONTROL, new StopTask(stop.attempt(), run.id(), stop.worker()), null);
      }
    }
    if (!run.state.equals(before)) {
      tell(run, before.phase());
      moved.add(run);
      memory.schedule(run);
    }
  }

  private void tell(Run run, Phase before) {
    JobId job = run.fixed.job();
    switch (run.state) {
      case RunState.Running running ->
          changes.send(
              Topics.RUN_EVENTS,
              new RunStarted(
                  run.id(),
                  job,
                  0,
                  ++run.sequence,
                  now,
                  running.attempt(),
                  running.worker(),
                  running.startedAt()),
              null);
      case RunState.Terminating ending when before != Phase.TERMINATING ->
          changes.send(
              Topics.RUN_EVENTS,
              new RunTerminating(run.id(), job, 0, ++run.sequence, now, ending.why()),
              null);
      case RunState.Finished over -> {
        run.sequence++;
        memory.remove(run);
        tellFinished(run, over, null);
      }
      case RunState.Offered _, RunState.Claimed _, RunState.Terminating _ -> {}
    }
  }

  private void tellFinished(Run run, RunState.Finished over, @Nullable Envelope<?> cause) {
    metrics.finished(over.result());
    changes.send(
        Topics.RUN_EVENTS,
        new RunFinished(
            run.id(),
            run.fixed.job(),
            0,
            run.sequence,
            now,
            over.result(),
            over.message(),
            over.startedAt(),
            null,
            null),
        cause);
  }

  /** Writes what this batch changed, each run once, as it is at the end of the batch. */
  void write() {
    RunStore.putJobs(changes, touchedJobs);
    RunStore.addRuns(changes, batch.lane(), added.values());
    moved.removeAll(added.values());
    RunStore.moveRuns(changes, moved);
    RunStore.addTokens(changes, tokens);
    RunStore.addRefused(changes, refused);
  }
}
