package io.mutirao.contracts.task;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.WorkerId;
import java.util.List;
import java.util.Objects;

/**
 * A worker asks for attempts that it was offered: {@code POST /claims} at any dispatcher. The same
 * claim gets the same answer, however often it is asked.
 */
public record ClaimRequest(WorkerId worker, List<Claim> claims) {

  public ClaimRequest {
    Objects.requireNonNull(worker, "worker is missing");
    Objects.requireNonNull(claims, "claims is missing");
    claims = List.copyOf(claims);
  }

  /**
   * One attempt, once.
   *
   * @param id never used for another claim
   */
  public record Claim(AttemptId attempt, String id) {
    public Claim {
      Objects.requireNonNull(attempt, "attempt is missing");
      Objects.requireNonNull(id, "id is missing");
    }
  }
}
