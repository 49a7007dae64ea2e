package io.mutirao.dispatcher.run;

import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobTrigger;
import io.mutirao.contracts.job.RetryPolicy;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.dispatcher.lifecycle.TaskState;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Jobs that always have a run (Jobs API 2.1, continuous). Pure. */
final class Continuous {

  static final Becomes PAUSED =
      new Becomes(
          Result.CANCELED,
          Cause.CANCELED_BY_USER,
          "Canceled: its job no longer runs continuously.");

  /** How often a task is tried again while others of its run are at their first attempt. */
  private static final RetryPolicy TASKS = new RetryPolicy(3, 0, false);

  /** Whether the next run is due: there is none, and there is always to be one. */
  static boolean wantsRun(KnownJob job) {
    return goesOn(job) && job.open.isEmpty();
  }

  static boolean goesOn(KnownJob job) {
    JobDefinition definition = job.definition;
    return definition != null
        && !job.forgotten
        && definition.maxConcurrentRuns() > 0
        && definition.trigger() instanceof JobTrigger.Continuous trigger
        && !trigger.paused();
  }

  /** How many runs failed one after the other, once this one is over. */
  static int failures(int before, Result result) {
    return switch (result) {
      case SUCCEEDED, SUCCEEDED_WITH_FAILURES, CANCELED -> 0;
      case FAILED, TIMED_OUT, SKIPPED, EXCLUDED, UPSTREAM_FAILED, UPSTREAM_CANCELED, ERROR ->
          before + 1;
    };
  }

  /** Before the next run begins: longer from failure to failure. */
  static Duration pause(int failures, Duration shortest, Duration longest) {
    Duration pause = shortest.multipliedBy(1L << Math.min(failures, 30));
    return pause.compareTo(longest) > 0 ? longest : pause;
  }

  /** How often a task is tried again; null: as it says itself. */
  static @Nullable RetryPolicy retries(TaskRun task) {
    JobTrigger trigger = task.run.fixed.definition().trigger();
    boolean others =
        task.run.tasks.stream()
            .anyMatch(other ->
                other.position != task.position
                    && other.attemptNumber == 0
                    && other.state instanceof TaskState.Active);
    return trigger instanceof JobTrigger.Continuous c && c.retryTasks() && others ? TASKS : null;
  }

  private Continuous() {}
}
