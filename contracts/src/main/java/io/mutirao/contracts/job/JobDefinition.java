package io.mutirao.contracts.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;

/**
 * What a job is, in the core's words, with the settings as its dialect got them beside.
 *
 * @param name never empty; names need not be unique
 * @param tasks at least one
 * @param maxConcurrentRuns 0 to 1000; 0 skips every new run
 * @param timeoutSeconds of a whole run; 0 for none
 * @param pool the worker pool that the tasks go to
 * @param dialect who wrote {@code settings}, for example {@code databricks}
 * @param settings the dialect's own settings as they were sent, for reading back; the core never
 *     looks inside
 */
public record JobDefinition(
    String name,
    List<Task> tasks,
    int maxConcurrentRuns,
    int timeoutSeconds,
    String pool,
    String dialect,
    ObjectNode settings) {

  /** The pool of a task that names none. */
  public static final String DEFAULT_POOL = "default";

  /** The most runs of one job at a time (Jobs API 2.0, Create, max_concurrent_runs). */
  public static final int MAX_CONCURRENT_RUNS = 1000;

  public JobDefinition {
    Objects.requireNonNull(name, "name is missing");
    Objects.requireNonNull(tasks, "tasks is missing");
    Objects.requireNonNull(pool, "pool is missing");
    Objects.requireNonNull(dialect, "dialect is missing");
    Objects.requireNonNull(settings, "settings is missing");
    tasks = List.copyOf(tasks);
    if (tasks.size() != 1) {
      throw new IllegalArgumentException("tasks: exactly one for now, not " + tasks.size());
    }
    if (maxConcurrentRuns < 0 || maxConcurrentRuns > MAX_CONCURRENT_RUNS) {
      throw new IllegalArgumentException(
          "maxConcurrentRuns: from 0 to " + MAX_CONCURRENT_RUNS + ", not " + maxConcurrentRuns);
    }
    if (timeoutSeconds < 0) {
      throw new IllegalArgumentException("timeoutSeconds: 0 or more, not " + timeoutSeconds);
    }
  }
}
