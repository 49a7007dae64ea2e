package io.mutirao.contracts.access;

import io.mutirao.contracts.job.Grant;
import java.util.List;

/**
 * Who may do what with a job: {@code GET /jobs/{id}/access}.
 *
 * @param grants the owner's first
 */
public record JobAccess(List<Grant> grants) {

  /** Of some jobs, those that somebody may see: {@code GET /jobs/visible}. */
  public record Visible(List<Long> jobs) {}
}
