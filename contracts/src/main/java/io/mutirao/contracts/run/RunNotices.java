package io.mutirao.contracts.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.job.Notifications;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is to hear of a run, and what they are shown of it.
 *
 * @param run of the run as a whole; null: nobody
 * @param tasks of single tasks, by key
 * @param ownTask the key of the only task, when the run's own events stand for it and no {@link
 *     RunEvent.TaskChanged} comes; else null
 * @param parameters of the tasks, by kind, as they were asked for
 * @param jobParameters the values of the job's parameters, defaults included
 */
public record RunNotices(
    @Nullable Notifications run,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Notifications> tasks,
    @Nullable String ownTask,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, JsonNode> parameters,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> jobParameters) {

  public RunNotices {
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    jobParameters = jobParameters == null ? Map.of() : Map.copyOf(jobParameters);
    tasks = tasks == null ? Map.of() : Map.copyOf(tasks);
  }
}
