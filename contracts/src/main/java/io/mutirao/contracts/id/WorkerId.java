package io.mutirao.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One incarnation of a worker: its name and what tells this life from the one before. A worker that
 * comes back under the same name is another incarnation and must not keep old attempts alive.
 *
 * @param value {@code name/incarnation}
 */
public record WorkerId(@JsonValue String value) {

  @JsonCreator
  public WorkerId {
    if (value.isBlank() || value.length() > 200) {
      throw new IllegalArgumentException("a worker id has 1 to 200 characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
