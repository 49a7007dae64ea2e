package io.mutirao.dispatcher.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.run.RunCommand;
import io.mutirao.contracts.task.TaskReport;
import io.mutirao.contracts.topic.Message;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.lane.Expiry;
import io.mutirao.messaging.lane.LaneBatch;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.LaneHandler;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The dispatcher's lanes. A batch goes: look up what the commands need, take each input in turn,
 * see what time brings, write and tell. Commands are answered in {@link RunCommands}, reports and
 * time come through {@link RunWatch}, runs move in {@link Flow}.
 */
@Singleton
final class RunLanes implements LaneHandler {

  private final DispatcherConfig config;
  private final Pools pools;
  private final RunMetrics metrics;
  private final Expiry expiry;
  private final Map<Integer, LaneMemory> lanes = new HashMap<>();

  RunLanes(DispatcherConfig config, Pools pools, MeterRegistry metrics) {
    this.config = config;
    this.pools = pools;
    this.metrics = new RunMetrics(metrics);
    this.expiry = new Expiry(config.retention(), config.retentionPause(), RunLanes::removeOld);
  }

  @Override
  public List<Topic<?>> topics() {
    return List.of(Topics.RUN_COMMANDS, Topics.TASK_REPORTS);
  }

  @Override
  public void takeOver(int lane, Connection db) throws SQLException {
    try {
      pools.awaitDefault();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("stopped while waiting for the default pool", e);
    }
    LaneMemory memory = new LaneMemory();
    List<Run> open = RunStore.open(db, lane);
    Set<Long> jobs = new HashSet<>();
    open.forEach(run -> jobs.add(run.fixed.job().value()));
    Map<Long, KnownJob> known = new HashMap<>();
    JobStore.find(db, jobs).forEach(job -> known.put(job.id, job));
    for (Run run : open) {
      KnownJob job = Objects.requireNonNull(known.get(run.fixed.job().value()));
      if (run.queued) {
        run.queuedUntil = run.fixed.createdAt().plus(config.queueLimit());
        run.timeoutSeconds =
            job.definition == null ? run.timeoutSeconds : job.definition.timeoutSeconds();
      }
      memory.add(run, job);
      if (job.forgotten) {
        memory.toEnd.add(new LaneMemory.ToEnd(run, RunCommands.JOB_DELETED));
      }
    }
    memory.permits.use(open.stream().mapToInt(Run::activeAttempts).sum());
    memory.permits.hold(PermitStore.held(db, lane));
    open.forEach(run -> mayWait(memory, run));
    lanes.put(lane, memory);
    expiry.start(lane);
    metrics.active(lanes.values());
  }

  /** Runs and jobs that may have waited for permits before: they are tried once. */
  private static void mayWait(LaneMemory memory, Run run) {
    if (run.queued) {
      memory.starved.add(memory.jobOf(run));
    } else if (run.blockedAttempts() > 0) {
      memory.hungry.add(run);
    }
  }

  @Override
  public void release(int lane) {
    lanes.remove(lane);
    expiry.forget(lane);
  }

  @Override
  public boolean presumedWrongly(SQLException failure) {
    return AnswerStore.answeredBefore(failure);
  }

  @Override
  public Optional<Instant> due(int lane) {
    LaneMemory memory = lanes.get(lane);
    if (memory == null) {
      return Optional.empty();
    }
    Optional<Instant> asks =
        memory.wanted() > 0 ? Optional.of(memory.permits.mayAskAt()) : memory.permits.due();
    return Stream.of(memory.nextDue(), asks, expiry.due(lane))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  @Override
  public boolean listensForSilence(int lane) {
    LaneMemory memory = lanes.get(lane);
    return memory != null && !memory.isIdle();
  }

  @Override
  public void handle(LaneBatch batch, LaneChanges changes, Connection db) throws SQLException {
    LaneMemory memory = Objects.requireNonNull(lanes.get(batch.lane()));
    Instant now = batch.now();
    LookUp found = LookUp.of(commands(batch), memory, now, db);
    Flow flow = new Flow(new Batch(memory, changes, pools, config, now), metrics);
    RunCommands commands = new RunCommands(memory, found, changes, flow, now);
    RunWatch watch = new RunWatch(batch, memory, flow, metrics, config);
    borrow(batch, memory, db);
    flow.feed();
    for (Envelope<? extends Message> input : batch.inputs()) {
      switch (input.message()) {
        case RunCommand.DefineJob define -> commands.define(define);
        case RunCommand.ForgetJob forget -> commands.forget(forget);
        case RunCommand.ChildStarted child -> commands.started(child);
        case RunCommand.ChildEnded child -> commands.ended(child);
        case RunCommand command -> commands.answer(with(input, command));
        case TaskReport report -> watch.hear(report);
        default -> throw new IllegalStateException("no topic of this lane: " + input.message());
      }
    }
    watch.lookAtDueRuns(db);
    watch.endRuns(db);
    watch.judgeSilence();
    flow.feed();
    PermitStore.giveBack(changes, batch.lane(), memory.permits.giveBack(now));
    flow.write(batch.lane());
    commands.write();
    expiry.step(batch.lane(), now, changes, db);
    metrics.active(lanes.values());
  }

  /** Nothing waits or is refused for want of permits before all lanes' were asked for. */
  private void borrow(LaneBatch batch, LaneMemory memory, Connection db) throws SQLException {
    Permits permits = memory.permits;
    int come =
        (int)
            batch.inputs().stream()
                .map(Envelope::message)
                .filter(m -> m instanceof RunCommand.RunJob || m instanceof RunCommand.SubmitRun)
                .count();
    int wanted = come + memory.wanted();
    int missing = Math.min(permits.missing(wanted), Math.max(come, Permits.BLOCK));
    if (missing > 0 && (come > 0 || !permits.mayAskAt().isAfter(batch.now()))) {
      var held = PermitStore.borrow(db, batch.lane(), missing, config.activeTasks());
      permits.answered(held.all(), held.few(), missing, batch.now());
    }
  }

  private static boolean removeOld(int lane, Instant end, LaneChanges changes, Connection db)
      throws SQLException {
    List<Long> old = RunStore.outlived(db, lane, end, Expiry.STEP);
    List<Long> hidden = RunStore.hidden(db, lane, changes.lanes(), Expiry.STEP);
    RunStore.remove(changes, Stream.concat(old.stream(), hidden.stream()).toList());
    if (hidden.size() < Expiry.STEP) {
      JobStore.clear(changes, lane);
    }
    return old.size() == Expiry.STEP || !hidden.isEmpty();
  }

  private static List<Envelope<RunCommand>> commands(LaneBatch batch) {
    List<Envelope<RunCommand>> commands = new ArrayList<>();
    for (Envelope<? extends Message> input : batch.inputs()) {
      if (input.message() instanceof RunCommand command) {
        commands.add(with(input, command));
      }
    }
    return commands;
  }

  private static Envelope<RunCommand> with(Envelope<? extends Message> input, RunCommand command) {
    return new Envelope<>(input.id(), command, input.replyTo(), input.traceparent());
  }
}
