package io.mutirao.dispatcher.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.run.RunCommand.Parent;
import io.mutirao.contracts.run.RunTrigger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, kept as JSON beside the run.
 *
 * @param parameters by kind of task
 * @param jobParameters those that were given
 * @param only the keys of the tasks to run; empty: all
 * @param trigger null: somebody asked
 * @param firstRun of a retry: the first of its runs
 * @param attemptNumber of a retry, from 1
 * @param parent the task that waits for this run, if one does
 * @param failuresBefore of a continuous job, how many runs before this one failed in a row
 * @param access of no saved job, who else than its submitter may do what with it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunRequest(
    Map<String, JsonNode> parameters,
    Map<String, String> jobParameters,
    List<String> only,
    @Nullable RunTrigger trigger,
    @Nullable RunId firstRun,
    @Nullable Integer attemptNumber,
    @Nullable Parent parent,
    @Nullable Integer failuresBefore,
    List<Grant> access) {

  public RunRequest {
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    jobParameters = jobParameters == null ? Map.of() : Map.copyOf(jobParameters);
    only = only == null ? List.of() : List.copyOf(only);
    access = access == null ? List.of() : List.copyOf(access);
  }

  /** A run of no saved job. */
  static RunRequest submitted(List<Grant> access) {
    return new RunRequest(Map.of(), Map.of(), List.of(), null, null, null, null, null, access);
  }

  /** The next run of a continuous job. */
  static RunRequest continuous(int failures) {
    return new RunRequest(
        Map.of(),
        Map.of(),
        List.of(),
        RunTrigger.CONTINUOUS,
        null,
        null,
        null,
        failures,
        List.of());
  }

  int failures() {
    return failuresBefore == null ? 0 : failuresBefore;
  }

  int attempt() {
    return attemptNumber == null ? 0 : attemptNumber;
  }

  RunRequest retryOf(RunId run) {
    return new RunRequest(
        parameters,
        jobParameters,
        only,
        RunTrigger.RETRY,
        firstRun == null ? run : firstRun,
        attempt() + 1,
        parent,
        failuresBefore,
        access);
  }
}
