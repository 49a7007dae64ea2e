package io.mutirao.contracts.run;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.topic.Message;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a run, on {@code run.events}: in order for a run, at least once, {@code (run,
 * repair, sequence)} the same in every repeat. A reader keeps the highest sequence of a run and
 * drops what is not higher.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface RunEvent extends Message {

  RunId run();

  JobId job();

  /** 0 for the original execution, n for its n-th repair. */
  int repair();

  /** From 1, without gaps, within one execution. */
  int sequence();

  Instant at();

  @Override
  default int lane(Lanes lanes, String messageId) {
    return lanes.of(run());
  }

  @Override
  default String key(String messageId) {
    return run().toString();
  }

  /** The run was accepted and waits for a worker. */
  record RunQueued(
      RunId run, JobId job, int repair, int sequence, Instant at, long numberInJob, String by)
      implements RunEvent {
    public RunQueued {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(at, "at is missing");
      Objects.requireNonNull(by, "by is missing");
    }
  }

  /**
   * A worker started the run.
   *
   * @param startedAt by the worker's clock, just before the first instruction of the task
   */
  record RunStarted(
      RunId run,
      JobId job,
      int repair,
      int sequence,
      Instant at,
      AttemptId attempt,
      WorkerId worker,
      Instant startedAt)
      implements RunEvent {
    public RunStarted {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(at, "at is missing");
      Objects.requireNonNull(attempt, "attempt is missing");
      Objects.requireNonNull(worker, "worker is missing");
      Objects.requireNonNull(startedAt, "startedAt is missing");
    }
  }

  /**
   * The run's worker was told to stop it.
   *
   * @param message why
   */
  record RunTerminating(RunId run, JobId job, int repair, int sequence, Instant at, String message)
      implements RunEvent {
    public RunTerminating {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(at, "at is missing");
      Objects.requireNonNull(message, "message is missing");
    }
  }

  /**
   * The run is over: exactly one for each execution.
   *
   * @param startedAt none when the run never started
   * @param message why, for a person; empty when all went well
   */
  record RunFinished(
      RunId run,
      JobId job,
      int repair,
      int sequence,
      Instant at,
      Result result,
      String message,
      @Nullable Instant startedAt)
      implements RunEvent {
    public RunFinished {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(at, "at is missing");
      Objects.requireNonNull(result, "result is missing");
      Objects.requireNonNull(message, "message is missing");
    }
  }
}
