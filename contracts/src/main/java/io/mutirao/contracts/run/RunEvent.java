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

  /**
   * The run was accepted; the first event of each execution.
   *
   * @param jobName the name of the job, or of the run of no saved job
   * @param trigger what asked; null: {@link RunTrigger#ONE_TIME}
   * @param attemptNumber of a retry its number, from 1; null: it is none
   * @param notices who is to hear of it; null: nobody
   */
  record RunQueued(
      RunId run,
      JobId job,
      int repair,
      int sequence,
      Instant at,
      long numberInJob,
      String by,
      @Nullable String jobName,
      @Nullable RunTrigger trigger,
      @Nullable Integer attemptNumber,
      @Nullable RunNotices notices)
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
   * @param cause as a code
   * @param retried whether another run follows that tries again; null: no
   */
  record RunFinished(
      RunId run,
      JobId job,
      int repair,
      int sequence,
      Instant at,
      Result result,
      String message,
      @Nullable Instant startedAt,
      @Nullable Cause cause,
      @Nullable Boolean retried)
      implements RunEvent {
    public RunFinished {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(at, "at is missing");
      Objects.requireNonNull(result, "result is missing");
      Objects.requireNonNull(message, "message is missing");
    }
  }

  /**
   * A task of a run of several tasks moved on. A run of one task tells the same by its own events.
   *
   * @param task its key
   * @param attemptNumber from 0
   * @param result only when {@code phase} is FINISHED
   * @param message why, for a person; may be empty
   * @param retried whether another attempt follows
   */
  record TaskChanged(
      RunId run,
      JobId job,
      int repair,
      int sequence,
      Instant at,
      String task,
      AttemptId attempt,
      int attemptNumber,
      Phase phase,
      @Nullable Result result,
      @Nullable Cause cause,
      String message,
      @Nullable Instant startedAt,
      boolean retried)
      implements RunEvent {

    public TaskChanged {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(at, "at is missing");
      Objects.requireNonNull(task, "task is missing");
      Objects.requireNonNull(attempt, "attempt is missing");
      Objects.requireNonNull(phase, "phase is missing");
      Objects.requireNonNull(message, "message is missing");
    }
  }

  /**
   * The run, or one of its tasks, takes longer than its rule says. Told once.
   *
   * @param task its key; null: the run as a whole
   * @param afterSeconds what the rule says
   */
  record DurationWarning(
      RunId run,
      JobId job,
      int repair,
      int sequence,
      Instant at,
      @Nullable String task,
      int afterSeconds)
      implements RunEvent {

    public DurationWarning {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(at, "at is missing");
    }
  }
}
