package io.mutirao.contracts.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One node of a job: what a runner of its kind is to do, when, and how often.
 *
 * @param key unique within the job
 * @param kind the runner's kind, for example {@code python}; {@link #CONDITION}, {@link #FOR_EACH}
 *     and {@link #RUN_JOB} are the dispatcher's own
 * @param spec what that runner needs; only it reads this
 * @param pool the worker pool it goes to; null: the job's
 * @param dependsOn the tasks that it waits for
 * @param runIf null: {@link RunIf#ALL_SUCCESS}
 * @param retry of this task, within its run; null: never
 * @param timeoutSeconds of one attempt; null: as long as it takes
 * @param warnAfterSeconds when a warning is told that it takes long; null: never
 * @param notifications who hears of this task; null: nobody
 * @param setup what its runner is to have ready around it, in that runner's words: {@code
 *     libraries}, {@code cluster}, {@code environment}, {@code git}; null: nothing
 */
public record Task(
    String key,
    String kind,
    ObjectNode spec,
    @Nullable String pool,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Dependency> dependsOn,
    @Nullable RunIf runIf,
    @Nullable RetryPolicy retry,
    @Nullable Integer timeoutSeconds,
    @Nullable Integer warnAfterSeconds,
    @Nullable Notifications notifications,
    @Nullable ObjectNode setup) {

  /** Compares two values; spec: {@code op}, {@code left}, {@code right}. */
  public static final String CONDITION = "condition";

  /** Runs an inner task once per input; spec: {@code inputs}, {@code concurrency}, {@code task}. */
  public static final String FOR_EACH = "for_each";

  /** Runs another job and waits for it; spec: {@code job} and what RunJob takes. */
  public static final String RUN_JOB = "run_job";

  public Task {
    Objects.requireNonNull(key, "key is missing");
    Objects.requireNonNull(kind, "kind is missing");
    Objects.requireNonNull(spec, "spec is missing");
    dependsOn = dependsOn == null ? List.of() : List.copyOf(dependsOn);
    requirePositive("timeoutSeconds", timeoutSeconds);
    requirePositive("warnAfterSeconds", warnAfterSeconds);
  }

  /** A task that waits for nothing and is tried once. */
  public static Task of(String key, String kind, ObjectNode spec) {
    return new Task(key, kind, spec, null, List.of(), null, null, null, null, null, null);
  }

  static void requirePositive(String name, @Nullable Integer seconds) {
    if (seconds != null && seconds < 1) {
      throw new IllegalArgumentException(name + ": 1 or more, not " + seconds);
    }
  }

  public RunIf runsIf() {
    return runIf == null ? RunIf.ALL_SUCCESS : runIf;
  }

  public RetryPolicy retries() {
    return retry == null ? RetryPolicy.NEVER : retry;
  }
}
