package io.mutirao.contracts.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mutirao.contracts.job.Notifications;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is to hear of a run.
 *
 * @param run of the run as a whole; null: nobody
 * @param tasks of single tasks, by key
 */
public record RunNotices(
    @Nullable Notifications run,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Notifications> tasks) {

  public RunNotices {
    tasks = tasks == null ? Map.of() : Map.copyOf(tasks);
  }
}
