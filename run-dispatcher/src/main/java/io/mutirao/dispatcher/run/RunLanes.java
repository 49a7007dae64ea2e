package io.mutirao.dispatcher.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.RunCommand.CancelRun;
import io.mutirao.contracts.run.RunCommand.DefineJob;
import io.mutirao.contracts.run.RunCommand.ForgetJob;
import io.mutirao.contracts.run.RunCommand.RunJob;
import io.mutirao.contracts.task.TaskReport.TaskEnded;
import io.mutirao.contracts.task.TaskReport.TaskStarted;
import io.mutirao.contracts.task.TaskReport.WorkerBeat;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.dispatcher.claim.ClaimStore;
import io.mutirao.dispatcher.lifecycle.RunState;
import io.mutirao.messaging.lane.LaneBatch;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.LaneHandler;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The dispatcher's lanes. A batch goes: look up what the inputs need, decide on each input, write
 * and tell. The deciding is in {@link RunBatch} and the lifecycle, the SQL in {@link RunStore}.
 */
@Singleton
final class RunLanes implements LaneHandler {

  /** The most that one batch does of its own accord; the rest is due at once. */
  static final int AT_ONCE = 500;

  private final DispatcherConfig config;
  private final Pools pools;
  private final RunMetrics metrics;
  private final Map<Integer, LaneMemory> lanes = new HashMap<>();

  RunLanes(DispatcherConfig config, Pools pools, MeterRegistry metrics) {
    this.config = config;
    this.pools = pools;
    this.metrics = new RunMetrics(metrics);
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
    RunStore.load(db, lane, memory, Instant.EPOCH);
    lanes.put(lane, memory);
    metrics.active(lanes.values());
  }

  @Override
  public void release(int lane) {
    lanes.remove(lane);
  }

  @Override
  public Optional<Instant> due(int lane) {
    LaneMemory memory = lanes.get(lane);
    return memory == null ? Optional.empty() : memory.nextDue();
  }

  @Override
  public boolean listensForSilence(int lane) {
    LaneMemory memory = lanes.get(lane);
    return memory != null && !memory.isIdle();
  }

  @Override
  public void handle(LaneBatch batch, LaneChanges changes, Connection db) throws SQLException {
    LaneMemory memory = Objects.requireNonNull(lanes.get(batch.lane()));
    LookUp found = LookUp.of(batch, memory, db);
    RunBatch work = new RunBatch(batch, memory, found, changes, pools, metrics, config);
    for (var input : batch.inputs()) {
      switch (input.message()) {
        case DefineJob define -> work.define(define);
        case ForgetJob forget -> work.forget(forget);
        case RunJob _ -> work.run(input);
        case CancelRun cancel -> work.cancel(cancel, input);
        case TaskStarted started -> work.started(started);
        case TaskEnded ended -> work.ended(ended);
        case WorkerBeat beat -> work.beat(beat);
        default -> throw new IllegalStateException("no topic of this lane: " + input.message());
      }
    }
    work.endRunsOfDeletedJobs();
    work.lookAtDueRuns(db);
    work.judgeSilence();
    work.write();
    metrics.active(lanes.values());
  }

  /**
   * What a batch must know of the database before it decides.
   *
   * @param looked attempts that the dispatcher has tried to claim, so that nobody starts them
   * @param holders those of them that a worker had claimed before
   */
  record LookUp(
      RunStore.Answers answers,
      Set<Long> visible,
      Set<AttemptId> looked,
      Map<AttemptId, WorkerId> holders) {

    static LookUp of(LaneBatch batch, LaneMemory memory, Connection db) throws SQLException {
      Set<Long> jobs = new HashSet<>();
      Set<String> commands = new HashSet<>();
      Set<String> tokens = new HashSet<>();
      Set<Long> runs = new HashSet<>();
      Set<AttemptId> toEnd = new HashSet<>();
      for (var input : batch.inputs()) {
        switch (input.message()) {
          case RunJob run -> {
            commands.add(input.id());
            if (run.token() != null) {
              tokens.add(run.token());
            }
            jobs.add(run.job().value());
          }
          case DefineJob define -> jobs.add(define.job().value());
          case ForgetJob forget -> jobs.add(forget.job().value());
          case CancelRun cancel -> {
            Run run = memory.run(cancel.run().value());
            if (run == null) {
              runs.add(cancel.run().value());
            } else if (run.state instanceof RunState.Offered offered) {
              toEnd.add(offered.attempt());
            }
          }
          default -> {}
        }
      }
      memory.toEnd.stream()
          .limit(AT_ONCE)
          .map(run -> run.state)
          .forEach(state -> {
            if (state instanceof RunState.Offered offered) {
              toEnd.add(offered.attempt());
            }
          });
      jobs.removeIf(memory::knows);
      RunStore.loadJobs(db, jobs, memory);
      return new LookUp(
          RunStore.answers(db, commands, tokens),
          RunStore.visible(db, runs),
          toEnd,
          toEnd.isEmpty() ? Map.of() : ClaimStore.take(db, toEnd));
    }
  }
}
