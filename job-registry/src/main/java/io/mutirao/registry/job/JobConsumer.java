package io.mutirao.registry.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.job.JobCommand;
import io.mutirao.contracts.job.JobCommand.CreateJob;
import io.mutirao.contracts.job.JobCommand.ReplaceJob;
import io.mutirao.contracts.job.JobEvent.JobChanged;
import io.mutirao.contracts.job.JobEvent.JobCreated;
import io.mutirao.contracts.job.JobEvent.JobDeleted;
import io.mutirao.contracts.run.RunCommand.DefineJob;
import io.mutirao.contracts.run.RunCommand.ForgetJob;
import io.mutirao.contracts.topic.Message;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.lane.Expiry;
import io.mutirao.messaging.lane.LaneBatch;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.LaneHandler;
import io.mutirao.registry.job.JobDecision.Created;
import io.mutirao.registry.job.JobDecision.Deleted;
import io.mutirao.registry.job.JobDecision.Repeated;
import io.mutirao.registry.job.JobDecision.Replaced;
import io.mutirao.registry.job.JobDecision.Unchanged;
import io.mutirao.registry.schedule.Schedules;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Carries out job commands: reads what they need, lets them be decided, writes and tells. */
@Singleton
public final class JobConsumer implements LaneHandler {

  private final JobLimits limits;
  private final Schedules schedules;
  private final Expiry expiry;
  private final MeterRegistry metrics;

  JobConsumer(RegistryConfig config, JobLimits limits, Schedules schedules, MeterRegistry metrics) {
    this.limits = limits;
    this.schedules = schedules;
    this.expiry = new Expiry(config.kept(), config.cleaningPause(), JobConsumer::removeOld);
    this.metrics = metrics;
  }

  private static boolean removeOld(int lane, Instant end, LaneChanges changes, Connection db)
      throws SQLException {
    var old = JobStore.outlived(db, lane, changes.lanes(), end, Expiry.STEP);
    JobStore.remove(changes, old);
    return old.commands().size() == Expiry.STEP || old.jobs().size() == Expiry.STEP;
  }

  @Override
  public List<Topic<?>> topics() {
    return List.of(Topics.JOB_COMMANDS);
  }

  @Override
  public void takeOver(int lane, Connection db) throws SQLException {
    schedules.takeOver(lane, db);
    expiry.start(lane);
  }

  @Override
  public void release(int lane) {
    schedules.release(lane);
    expiry.forget(lane);
  }

  @Override
  public Optional<Instant> due(int lane) {
    return Stream.of(schedules.due(lane), expiry.due(lane))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  @Override
  public void handle(LaneBatch batch, LaneChanges changes, Connection db) throws SQLException {
    if (!batch.inputs().isEmpty()) {
      var commands = batch.inputs().stream().map(JobConsumer::command).toList();
      var decided = new JobBatch(JobStore.read(db, commands), limits, changes::mintId);
      for (Envelope<JobCommand> command : commands) {
        JobDecision decision = decided.on(command.id(), command.message());
        tell(command, decision, changes, batch.now());
        schedule(batch, decision);
        changes.reply(command, decision.answer());
        count(command, decision);
      }
      JobStore.write(changes, decided, batch.lane(), batch.now());
    }
    schedules.step(batch.lane(), batch.now(), changes);
    expiry.step(batch.lane(), batch.now(), changes, db);
  }

  private static Envelope<JobCommand> command(Envelope<? extends Message> input) {
    return new Envelope<>(
        input.id(), (JobCommand) input.message(), input.replyTo(), input.traceparent());
  }

  private static void tell(
      Envelope<JobCommand> cause, JobDecision decision, LaneChanges changes, Instant now) {
    switch (decision) {
      // On the job's lane before the caller hears of it: what it asks next comes after.
      case Created(var job, CreateJob(var definition, var by, _), _) -> {
        long version = JobDecision.FIRST_VERSION;
        changes.send(Topics.RUN_COMMANDS, new DefineJob(job, version, definition, by), cause);
        changes.send(Topics.JOB_EVENTS, new JobCreated(job, version, definition, by, now), cause);
      }
      case Replaced(
              ReplaceJob(var job, var definition, _, _, var by),
              long version,
              var creator,
              _) -> {
        changes.send(Topics.RUN_COMMANDS, new DefineJob(job, version, definition, creator), cause);
        changes.send(Topics.JOB_EVENTS, new JobChanged(job, version, definition, by, now), cause);
      }
      case Deleted(var job, long version, var by, var was, _) -> {
        changes.send(Topics.RUN_COMMANDS, new ForgetJob(job, version), cause);
        changes.send(
            Topics.JOB_EVENTS,
            new JobDeleted(job, version, by, now, was.name(), was.mail()),
            cause);
      }
      case Unchanged _, Repeated _ -> {}
    }
  }

  private void schedule(LaneBatch batch, JobDecision decision) {
    int lane = batch.lane();
    switch (decision) {
      case Created(var job, CreateJob(var definition, var by, _), _) ->
          schedules.define(lane, job, definition, by, batch.now());
      case Replaced(ReplaceJob(var job, var definition, _, _, _), _, var creator, _) ->
          schedules.define(lane, job, definition, creator, batch.now());
      case Deleted deleted -> schedules.forget(lane, deleted.job());
      case Unchanged _, Repeated _ -> {}
    }
  }

  private void count(Envelope<JobCommand> command, JobDecision decision) {
    metrics
        .counter(
            "mutirao_job_commands",
            "type",
            command.message().getClass().getSimpleName(),
            "decision",
            decision.getClass().getSimpleName())
        .increment();
  }
}
