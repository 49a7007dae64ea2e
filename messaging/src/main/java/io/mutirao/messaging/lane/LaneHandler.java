package io.mutirao.messaging.lane;

import io.mutirao.contracts.topic.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a service does with its lanes. All methods are called by one thread. Memory may be changed
 * while a batch is handled: when the batch does not commit, {@link #takeOver} is called again and
 * must forget all of it.
 */
public interface LaneHandler {

  /** The topics read together, the same in every instance: partition n of all of them is lane n. */
  List<Topic<?>> topics();

  /** Forgets what memory knows of this lane and reads it from the database. */
  void takeOver(int lane, Connection db) throws SQLException;

  /** This instance no longer has the lane: forget it. */
  void release(int lane);

  /**
   * Decides on one batch. May read through {@code db}, which is in auto-commit; whatever it changes
   * and tells goes into {@code changes}, and happens all or not at all. What it inserts directly
   * must be harmless when the batch never commits.
   */
  void handle(LaneBatch batch, LaneChanges changes, Connection db) throws SQLException;

  /**
   * Whether a batch failed only because the handler had presumed something that is not so. Then no
   * input is to blame: the lane is taken over, and the batch done again. If that fails, too, no
   * presumption can be the reason any more, and an input is.
   */
  default boolean presumedWrongly(SQLException failure) {
    return false;
  }

  /** When this lane wants a batch even if no record comes, by the database's clock. */
  default Optional<Instant> due(int lane) {
    return Optional.empty();
  }

  /**
   * Whether somebody's silence may have to be judged, so that the lane must know it has read all.
   */
  default boolean listensForSilence(int lane) {
    return false;
  }
}
