package io.mutirao.dispatcher.claim;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.task.ClaimRequest;
import io.mutirao.contracts.task.ClaimRequest.Claim;
import io.mutirao.messaging.lane.SqlArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One row for each attempt that somebody may start. The first claim wins, for ever; the same claim
 * again gets the same answer.
 */
public final class ClaimStore {

  /** Who holds the claim of an attempt that nobody will ever start. */
  public static final WorkerId NOBODY = new WorkerId("dispatcher");

  // Two statements, so that the second also sees an equal claim that was decided in between.
  private static final String CLAIM =
      """
      insert into attempt_claim (attempt_id, worker, claim_id)
      select attempt_id, ?, claim_id
        from unnest(?, ?) as asked (attempt_id, claim_id)
        join attempt using (attempt_id)
       order by attempt_id
      on conflict do nothing;
      select attempt_id
        from attempt_claim
        join unnest(?, ?) as asked (attempt_id, claim_id) using (attempt_id, claim_id)
       where worker = ?
      """;

  private static final String HOLDERS =
      "select attempt_id, worker from attempt_claim where attempt_id = any(?)";

  private static final String TAKE =
      """
      insert into attempt_claim (attempt_id, worker, claim_id)
      select attempt_id, '%s', 'dispatcher' from unnest(?) as asked (attempt_id)
       order by attempt_id
      on conflict do nothing;
      """
              .formatted(NOBODY)
          + HOLDERS;

  /** Decides a worker's claims; gives the attempts that it may start. */
  public static List<AttemptId> claim(Connection db, ClaimRequest request) throws SQLException {
    SqlArray attempts = SqlArray.of("bigint", request.claims(), c -> c.attempt().value());
    SqlArray ids = SqlArray.of("text", request.claims(), Claim::id);
    try (PreparedStatement claim = db.prepareStatement(CLAIM)) {
      claim.setString(1, request.worker().value());
      claim.setArray(2, attempts.in(db));
      claim.setArray(3, ids.in(db));
      claim.setArray(4, attempts.in(db));
      claim.setArray(5, ids.in(db));
      claim.setString(6, request.worker().value());
      claim.execute();
      claim.getMoreResults();
      List<AttemptId> granted = new ArrayList<>(request.claims().size());
      try (ResultSet rows = claim.getResultSet()) {
        while (rows.next()) {
          granted.add(new AttemptId(rows.getLong(1)));
        }
      }
      return granted;
    }
  }

  /** Who holds these attempts; those that nobody holds are absent. */
  public static Map<AttemptId, WorkerId> holders(Connection db, Collection<AttemptId> attempts)
      throws SQLException {
    try (PreparedStatement holders = db.prepareStatement(HOLDERS)) {
      holders.setArray(1, SqlArray.of("bigint", attempts, AttemptId::value).in(db));
      return read(holders.executeQuery());
    }
  }

  /**
   * Claims these attempts so that nobody starts them, where nobody has. Harmless when the batch
   * that wanted it fails: it will want it again.
   *
   * @return the workers that were first; an attempt that is absent will never start
   */
  public static Map<AttemptId, WorkerId> take(Connection db, Collection<AttemptId> attempts)
      throws SQLException {
    try (PreparedStatement take = db.prepareStatement(TAKE)) {
      take.setArray(1, SqlArray.of("bigint", attempts, AttemptId::value).in(db));
      take.setArray(2, SqlArray.of("bigint", attempts, AttemptId::value).in(db));
      take.execute();
      take.getMoreResults();
      return read(take.getResultSet());
    }
  }

  private static Map<AttemptId, WorkerId> read(ResultSet rows) throws SQLException {
    Map<AttemptId, WorkerId> holders = new HashMap<>();
    try (rows) {
      while (rows.next()) {
        WorkerId holder = new WorkerId(rows.getString(2));
        if (!holder.equals(NOBODY)) {
          holders.put(new AttemptId(rows.getLong(1)), holder);
        }
      }
    }
    return holders;
  }

  private ClaimStore() {}
}
