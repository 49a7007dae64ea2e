package io.mutirao.contracts.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;

/**
 * How many batches each lane of the dispatcher has committed: {@code GET /lanes}. Nothing that
 * belongs to a lane changes without its number, so what was read with or after a number is as it
 * was for as long as the number stands.
 *
 * @param of by lane
 */
public record LaneBatches(@JsonValue Map<Integer, Long> of) {

  /** Of lanes about which nothing is known. */
  public static final LaneBatches UNKNOWN = new LaneBatches(Map.of());

  @JsonCreator
  public LaneBatches {
    of = Map.copyOf(of);
  }

  /** Whether a lane, of which both know, stands where it stood then. */
  public boolean stands(int lane, LaneBatches then) {
    Long batch = of.get(lane);
    return batch != null && batch.equals(then.of.get(lane));
  }

  /** Whether all lanes stand where they stood then, and there is none more. */
  public boolean stand(LaneBatches then) {
    return !of.isEmpty() && of.equals(then.of);
  }
}
