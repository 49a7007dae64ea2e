package io.mutirao.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A job: the definition that runs are started from.
 *
 * @param value from 1 to 2^53 - 1, so that JavaScript and double-based clients keep it exact
 */
public record JobId(@JsonValue long value) implements LaneKey {

  @JsonCreator
  public JobId {
    LaneKey.requireInRange("job", value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
