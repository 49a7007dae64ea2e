package io.mutirao.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A run: one execution of a job.
 *
 * @param value from 1 to 2^53 - 1, so that JavaScript and double-based clients keep it exact
 */
public record RunId(@JsonValue long value) implements LaneKey {

  @JsonCreator
  public RunId {
    LaneKey.requireInRange("run", value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
