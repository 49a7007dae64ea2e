package io.mutirao.dispatcher.run;

import io.mutirao.contracts.job.JobDefinition;
import java.util.Optional;

/** Whether a run may start now. Pure. */
final class Admission {

  /**
   * Why a run is skipped; empty: it is admitted. Lowering the limit ends no run that is active.
   *
   * @param active runs of the job that are not over, those that are terminating included
   */
  static Optional<String> skips(JobDefinition job, int active) {
    int limit = job.maxConcurrentRuns();
    if (active < limit) {
      return Optional.empty();
    }
    return Optional.of(
        "Skipped: the job has "
            + active
            + " active "
            + (active == 1 ? "run" : "runs")
            + " and max_concurrent_runs is "
            + limit
            + ".");
  }

  private Admission() {}
}
