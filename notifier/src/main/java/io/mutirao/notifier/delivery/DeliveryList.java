package io.mutirao.notifier.delivery;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.notice.DeliveryPage;
import io.mutirao.contracts.notice.DeliveryView;
import io.mutirao.contracts.notice.DeliveryView.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deliveries for whoever looks after them. */
final class DeliveryList {

  private static final String VIEW =
      """
      select place, id, state, event, channel, target, job_id, run_id, task, tries, created_at,
             next_try_at, ended_at, error
        from delivery
      """;

  private static final String RESEND =
      """
      update delivery
         set state = 'WAITING', tries = 0, error = null, ended_at = null,
             first_at = clock_timestamp(), next_try_at = clock_timestamp()
       where id = ? and state = 'FAILED'
      """;

  /**
   * A page of them, newest first.
   *
   * @param state null: whatever it is
   * @param before the place where the page before ended
   */
  static DeliveryPage page(Connection db, @Nullable State state, long before, int limit)
      throws SQLException {
    String ofState = state == null ? "" : " and state = '" + state + "'";
    String sql = VIEW + " where place < ?" + ofState + " order by place desc limit ?";
    List<DeliveryView> found = new ArrayList<>();
    long last = before;
    boolean more = false;
    try (PreparedStatement find = db.prepareStatement(sql)) {
      find.setLong(1, before);
      find.setInt(2, limit + 1);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          more = found.size() == limit;
          if (!more) {
            last = rows.getLong(1);
            found.add(view(rows));
          }
        }
      }
    }
    return new DeliveryPage(found, more ? String.valueOf(last) : null);
  }

  static Optional<DeliveryView> find(Connection db, String id) throws SQLException {
    try (PreparedStatement find = db.prepareStatement(VIEW + " where id = ?")) {
      find.setString(1, id);
      try (ResultSet rows = find.executeQuery()) {
        return rows.next() ? Optional.of(view(rows)) : Optional.empty();
      }
    }
  }

  /** Sends one again that was given up; of any other, nothing happens. */
  static void resend(Connection db, String id) throws SQLException {
    try (PreparedStatement resend = db.prepareStatement(RESEND)) {
      resend.setString(1, id);
      resend.executeUpdate();
    }
  }

  private static DeliveryView view(ResultSet row) throws SQLException {
    State state = State.valueOf(row.getString(3));
    long run = row.getLong(8);
    RunId runId = row.wasNull() ? null : new RunId(run);
    return new DeliveryView(
        row.getString(2),
        state,
        row.getString(4),
        row.getString(5),
        row.getString(6),
        new JobId(row.getLong(7)),
        runId,
        row.getString(9),
        row.getInt(10),
        row.getObject(11, OffsetDateTime.class).toInstant(),
        state == State.WAITING ? instant(row, 12) : null,
        instant(row, 13),
        row.getString(14));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private DeliveryList() {}
}
