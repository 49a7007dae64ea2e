package io.mutirao.dispatcher.run;

import io.mutirao.messaging.lane.LaneChanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The permits of all lanes in PostgreSQL: what they hold together is never more than the limit. */
final class PermitStore {

  /** What a lane holds, and whether so few are left that none may lie idle. */
  record Held(int all, boolean few) {}

  /** Asked directly: what is borrowed for a batch that never commits stays with its lane. */
  static Held borrow(Connection db, int lane, int missing, int limit) throws SQLException {
    try (PreparedStatement borrow =
        db.prepareStatement("select held, few from borrow_permits(?, ?, ?, ?)")) {
      borrow.setInt(1, lane);
      borrow.setInt(2, missing);
      borrow.setInt(3, Math.max(missing, Permits.BLOCK));
      borrow.setInt(4, limit);
      try (ResultSet row = borrow.executeQuery()) {
        row.next();
        return new Held(row.getInt(1), row.getBoolean(2));
      }
    }
  }

  static int held(Connection db, int lane) throws SQLException {
    try (PreparedStatement find = db.prepareStatement("select held from permit where lane = ?")) {
      find.setInt(1, lane);
      try (ResultSet row = find.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  /** In the lane's transaction: whoever had the lane before cannot give back what is used now. */
  static void giveBack(LaneChanges changes, int lane, int permits) {
    if (permits > 0) {
      changes.write("update permit set held = held - ? where lane = ?", permits, lane);
    }
  }

  private PermitStore() {}
}
