package io.mutirao.contracts.run;

import java.util.List;

/**
 * Runs that were asked for by id, those that there are: {@code GET /runs/found}.
 *
 * @param lanes where they stood when the runs were read, or before
 */
public record FoundRuns(List<Found> runs, LaneBatches lanes) {

  /**
   * A run.
   *
   * @param asked its own id, or that of one of its attempts
   */
  public record Found(long asked, RunView run) {}
}
