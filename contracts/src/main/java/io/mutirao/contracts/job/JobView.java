package io.mutirao.contracts.job;

import io.mutirao.contracts.id.JobId;
import java.time.Instant;

/**
 * A saved job as the registry shows it: {@code GET /jobs/{id}}.
 *
 * @param owner as whom its runs act when its definition does not say so
 */
public record JobView(
    JobId job,
    long version,
    JobDefinition definition,
    String createdBy,
    String owner,
    Instant createdAt) {

  /** As whom its runs act. */
  public String runsAs() {
    String chosen = definition.runAs();
    return chosen == null ? owner : chosen;
  }
}
