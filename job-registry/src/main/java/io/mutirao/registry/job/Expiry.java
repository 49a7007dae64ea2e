package io.mutirao.registry.job;

import io.mutirao.messaging.lane.LaneChanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Cleans old answers and deleted jobs away, a few at a time, as something that is due in a lane.
 */
final class Expiry {

  private static final int STEP = 500;
  private static final Duration BETWEEN_STEPS = Duration.ofMillis(200);

  private final Duration kept;
  private final Duration pause;
  private final Map<Integer, Instant> due = new HashMap<>();

  Expiry(Duration kept, Duration pause) {
    this.kept = kept;
    this.pause = pause;
  }

  void start(int lane) {
    due.put(lane, Instant.EPOCH);
  }

  void forget(int lane) {
    due.remove(lane);
  }

  Optional<Instant> due(int lane) {
    return Optional.ofNullable(due.get(lane));
  }

  /** Does a step when it is time. */
  void step(int lane, Instant now, LaneChanges changes, Connection db) throws SQLException {
    Instant when = due.get(lane);
    if (when == null || when.isAfter(now)) {
      return;
    }
    var old = JobStore.outlived(db, lane, changes.lanes(), now.minus(kept), STEP);
    JobStore.remove(changes, old);
    boolean more = old.commands().size() == STEP || old.jobs().size() == STEP;
    due.put(lane, now.plus(more ? BETWEEN_STEPS : pause));
  }
}
