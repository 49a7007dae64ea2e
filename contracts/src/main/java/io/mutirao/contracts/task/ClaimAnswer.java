package io.mutirao.contracts.task;

import io.mutirao.contracts.id.AttemptId;
import java.util.List;

/**
 * Which of the claimed attempts the worker may start. All others are somebody else's, or over.
 *
 * @param leaseMillis how long a silent worker's attempts live; beat several times within it
 */
public record ClaimAnswer(List<AttemptId> granted, long leaseMillis) {
  public ClaimAnswer {
    granted = List.copyOf(granted);
  }
}
