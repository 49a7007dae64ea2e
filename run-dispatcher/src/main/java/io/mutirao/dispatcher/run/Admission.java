package io.mutirao.dispatcher.run;

import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import org.jspecify.annotations.Nullable;

/** Whether a run may start now. Pure. */
sealed interface Admission {

  record Start() implements Admission {}

  /** It waits until there is room. */
  record Queue() implements Admission {}

  /** It never starts. */
  record Skip(Becomes end) implements Admission {}

  /**
   * Decides on a run that is asked for. Lowering the limit ends no run that is active.
   *
   * @param active runs of the job that are not over and have been let in, those that are
   *     terminating included
   * @param waiting runs of the job before this one that have not been let in
   * @param queue whether this run may wait; null: as the job says
   */
  static Admission of(JobDefinition job, int active, int waiting, @Nullable Boolean queue) {
    int limit = job.maxConcurrentRuns();
    if (active < limit && waiting == 0) {
      return new Start();
    }
    if (limit > 0 && (queue == null ? job.queues() : queue)) {
      return new Queue();
    }
    return new Skip(
        new Becomes(
            Result.SKIPPED,
            Cause.JOB_LIMIT,
            "Skipped: the job has "
                + active
                + " active "
                + (active == 1 ? "run" : "runs")
                + " and max_concurrent_runs is "
                + limit
                + "."));
  }
}
