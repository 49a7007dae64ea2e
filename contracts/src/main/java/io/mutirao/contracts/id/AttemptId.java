package io.mutirao.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An attempt: one try of one task of a run. Shares the number space of runs, so that a client may
 * ask for either.
 *
 * @param value from 1 to 2^53 - 1, so that JavaScript and double-based clients keep it exact
 */
public record AttemptId(@JsonValue long value) implements LaneKey {

  @JsonCreator
  public AttemptId {
    LaneKey.requireInRange("attempt", value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
