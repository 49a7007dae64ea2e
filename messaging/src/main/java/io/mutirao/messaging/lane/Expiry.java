package io.mutirao.messaging.lane;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Cleans away what a lane has kept for long enough, a few rows at a time, as something that is due
 * in the lane: so that it never holds anybody up, and never runs twice at once.
 */
public final class Expiry {

  /** The most rows of one kind that one step takes away. */
  public static final int STEP = 500;

  private static final Duration BETWEEN_STEPS = Duration.ofMillis(200);

  /** Takes away what is too old. */
  public interface Step {

    /**
     * Adds deletions to the changes of a batch.
     *
     * @param end what is over since before then goes
     * @return whether there may be more
     */
    boolean remove(int lane, Instant end, LaneChanges changes, Connection db) throws SQLException;
  }

  private final Duration kept;
  private final Duration pause;
  private final Step step;
  private final Map<Integer, Instant> due = new HashMap<>();

  /**
   * Of all lanes of a service.
   *
   * @param kept how long things are kept
   * @param pause how long a lane rests when there is nothing more to take away
   */
  public Expiry(Duration kept, Duration pause, Step step) {
    this.kept = kept;
    this.pause = pause;
    this.step = step;
  }

  public void start(int lane) {
    due.put(lane, Instant.EPOCH);
  }

  public void forget(int lane) {
    due.remove(lane);
  }

  public Optional<Instant> due(int lane) {
    return Optional.ofNullable(due.get(lane));
  }

  /** Does a step when it is time. */
  public void step(int lane, Instant now, LaneChanges changes, Connection db) throws SQLException {
    Instant when = due.get(lane);
    if (when != null && !when.isAfter(now)) {
      boolean more = step.remove(lane, now.minus(kept), changes, db);
      due.put(lane, now.plus(more ? BETWEEN_STEPS : pause));
    }
  }
}
