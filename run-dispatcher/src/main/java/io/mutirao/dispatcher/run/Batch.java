package io.mutirao.dispatcher.run;

import io.mutirao.messaging.lane.LaneChanges;
import java.time.Instant;

/**
 * One batch of a lane, and what all who work on it need.
 *
 * @param now by the database's clock
 */
record Batch(
    LaneMemory memory, LaneChanges changes, Pools pools, DispatcherConfig config, Instant now) {

  /** When the claim of what is offered now is looked up. */
  Instant checkAt() {
    return now.plus(config.claimCheck());
  }
}
