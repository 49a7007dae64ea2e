package io.mutirao.contracts.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a job is, in the core's words, with the settings as its dialect got them beside.
 *
 * @param name never empty; names need not be unique
 * @param tasks at least one, with keys that differ; what they wait for is among them
 * @param maxConcurrentRuns 0 to 1000; 0 skips every new run
 * @param timeoutSeconds of a whole run; 0 for none
 * @param pool the worker pool of the tasks that name none
 * @param dialect who wrote {@code settings}, for example {@code databricks}
 * @param settings the dialect's own settings as they were sent, for reading back; the core never
 *     looks inside
 * @param queue whether a run that cannot start at once waits, instead of being skipped; null: no
 * @param retry of whole runs: each retry is a run of its own (Jobs API 2.0, max_retries); null:
 *     never
 * @param warnAfterSeconds when a warning is told that a run takes long; null: never
 * @param parameters the job's parameters and their defaults, by name
 * @param trigger what starts runs by itself; null: nothing does
 * @param notifications who hears of its runs; null: nobody
 * @param runAs the user as whom its runs act; null: whoever owns it
 */
public record JobDefinition(
    String name,
    List<Task> tasks,
    int maxConcurrentRuns,
    int timeoutSeconds,
    String pool,
    String dialect,
    ObjectNode settings,
    @Nullable Boolean queue,
    @Nullable RetryPolicy retry,
    @Nullable Integer warnAfterSeconds,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> parameters,
    @Nullable JobTrigger trigger,
    @Nullable Notifications notifications,
    @Nullable String runAs) {

  /** The pool of a task that names none. */
  public static final String DEFAULT_POOL = "default";

  /** The most runs of one job at a time (Jobs API 2.0, Create, max_concurrent_runs). */
  public static final int MAX_CONCURRENT_RUNS = 1000;

  /** The most tasks of one job that any installation may allow. */
  public static final int MAX_TASKS = 1000;

  public JobDefinition {
    Objects.requireNonNull(name, "name is missing");
    Objects.requireNonNull(tasks, "tasks is missing");
    Objects.requireNonNull(pool, "pool is missing");
    Objects.requireNonNull(dialect, "dialect is missing");
    Objects.requireNonNull(settings, "settings is missing");
    tasks = List.copyOf(tasks);
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    if (tasks.isEmpty() || tasks.size() > MAX_TASKS) {
      throw new IllegalArgumentException("tasks: from 1 to " + MAX_TASKS + ", not " + tasks.size());
    }
    requireTheirUpstream(tasks);
    if (maxConcurrentRuns < 0 || maxConcurrentRuns > MAX_CONCURRENT_RUNS) {
      throw new IllegalArgumentException(
          "maxConcurrentRuns: from 0 to " + MAX_CONCURRENT_RUNS + ", not " + maxConcurrentRuns);
    }
    if (timeoutSeconds < 0) {
      throw new IllegalArgumentException("timeoutSeconds: 0 or more, not " + timeoutSeconds);
    }
    Task.requirePositive("warnAfterSeconds", warnAfterSeconds);
  }

  /** A job of one run at a time, without anything that may be left out. */
  public static JobDefinition of(
      String name, List<Task> tasks, String dialect, ObjectNode settings) {
    return new JobDefinition(
        name,
        tasks,
        1,
        0,
        DEFAULT_POOL,
        dialect,
        settings,
        null,
        null,
        null,
        Map.of(),
        null,
        null,
        null);
  }

  public boolean queues() {
    return queue != null && queue;
  }

  public RetryPolicy retries() {
    return retry == null ? RetryPolicy.NEVER : retry;
  }

  private static void requireTheirUpstream(List<Task> tasks) {
    Set<String> keys = new HashSet<>();
    for (Task task : tasks) {
      if (!keys.add(task.key())) {
        throw new IllegalArgumentException("tasks: two have the key " + task.key());
      }
    }
    for (Task task : tasks) {
      for (Dependency upstream : task.dependsOn()) {
        if (!keys.contains(upstream.task())) {
          throw new IllegalArgumentException(
              "tasks: " + task.key() + " waits for " + upstream.task() + ", which is not there");
        }
      }
    }
  }
}
