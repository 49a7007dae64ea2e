package io.mutirao.contracts.run;

/**
 * A page that was asked for: {@code GET /runs}.
 *
 * @param lanes where they stood when the runs were read, or before
 */
public record ListedRuns(RunPage page, LaneBatches lanes) {}
