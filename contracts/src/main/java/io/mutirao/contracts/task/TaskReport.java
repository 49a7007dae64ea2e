package io.mutirao.contracts.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.LaneKey;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.topic.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a worker tells of its attempts, on {@code task.reports}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface TaskReport extends Message {

  WorkerId worker();

  LaneKey laneKey();

  @Override
  default int lane(Lanes lanes, String messageId) {
    return lanes.of(laneKey());
  }

  @Override
  default String key(String messageId) {
    return laneKey().toString();
  }

  /** The task runs. */
  record TaskStarted(AttemptId attempt, RunId run, JobId job, WorkerId worker, Instant startedAt)
      implements TaskReport {
    public TaskStarted {
      Objects.requireNonNull(attempt, "attempt is missing");
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(worker, "worker is missing");
      Objects.requireNonNull(startedAt, "startedAt is missing");
    }

    @Override
    public LaneKey laneKey() {
      return job;
    }
  }

  /**
   * The task is over, and so is its whole process tree.
   *
   * @param message why it failed, one line; empty when it succeeded
   * @param endedAt when all of it was over: its output is kept, its folder is gone
   * @param cause as a code; null: what follows from {@code ending}
   * @param executedUntil when its program had ended, and cleaning up began; null: as {@code
   *     endedAt}
   * @param values what it tells other tasks of its run, by key
   */
  record TaskEnded(
      AttemptId attempt,
      RunId run,
      JobId job,
      WorkerId worker,
      Ending ending,
      String message,
      Instant endedAt,
      @Nullable Cause cause,
      @Nullable Instant executedUntil,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, JsonNode> values)
      implements TaskReport {

    /** Of a task that has nothing to tell, and leaves nothing to clean up. */
    public static TaskEnded of(
        AttemptRef attempt,
        JobId job,
        WorkerId worker,
        Ending ending,
        String message,
        Instant endedAt) {
      return new TaskEnded(
          attempt.attempt(),
          attempt.run(),
          job,
          worker,
          ending,
          message,
          endedAt,
          null,
          null,
          Map.of());
    }

    public TaskEnded {
      values = values == null ? Map.of() : Map.copyOf(values);
      Objects.requireNonNull(attempt, "attempt is missing");
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(worker, "worker is missing");
      Objects.requireNonNull(ending, "ending is missing");
      Objects.requireNonNull(message, "message is missing");
      Objects.requireNonNull(endedAt, "endedAt is missing");
    }

    @Override
    public LaneKey laneKey() {
      return job;
    }
  }

  /**
   * The worker lives and runs these attempts, all of one lane. Sent every few seconds to each lane
   * in which the worker has an attempt.
   *
   * @param attempts at least one
   */
  record WorkerBeat(WorkerId worker, List<AttemptRef> attempts) implements TaskReport {
    public WorkerBeat {
      Objects.requireNonNull(worker, "worker is missing");
      Objects.requireNonNull(attempts, "attempts is missing");
      attempts = List.copyOf(attempts);
      if (attempts.isEmpty()) {
        throw new IllegalArgumentException("attempts: at least one");
      }
    }

    @Override
    public LaneKey laneKey() {
      return attempts.getFirst().run();
    }
  }

  /** An attempt and the run that it belongs to. */
  record AttemptRef(AttemptId attempt, RunId run) {
    public AttemptRef {
      Objects.requireNonNull(attempt, "attempt is missing");
      Objects.requireNonNull(run, "run is missing");
    }
  }
}
