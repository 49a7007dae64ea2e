package io.mutirao.notifier.notice;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told, whoever hears it and however it is written.
 *
 * @param jobName may be anything that somebody typed
 * @param run none when the job was deleted
 * @param repair 0 for the original execution
 * @param numberInJob of the run
 * @param task its key, when it is about one task only
 * @param attempt of the run or of the task, from 0
 * @param result only of what is over
 * @param cause as {@code result}
 * @param message why, for a person; may be empty
 * @param at when it happened
 * @param startedAt of what is told of, if it started
 * @param afterSeconds what the rule says of which a slow run fell foul
 * @param by who asked for the run, or deleted the job
 * @param parameters of the tasks, by kind, as they were asked for
 * @param jobParameters the values of the job's parameters
 */
public record Notice(
    What what,
    JobId job,
    String jobName,
    @Nullable RunId run,
    int repair,
    @Nullable Long numberInJob,
    @Nullable String task,
    int attempt,
    @Nullable Result result,
    @Nullable Cause cause,
    String message,
    Instant at,
    @Nullable Instant startedAt,
    @Nullable Integer afterSeconds,
    String by,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, JsonNode> parameters,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> jobParameters) {

  /** What happened. */
  public enum What {
    START,
    SUCCESS,
    FAILURE,
    /** It takes longer than its rule says. */
    SLOW,
    /** The job is gone. */
    DELETED
  }

  public Notice {
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    jobParameters = jobParameters == null ? Map.of() : Map.copyOf(jobParameters);
  }
}
