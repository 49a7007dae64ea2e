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

  private static final String CLAIM =
      """
      insert into attempt_claim (attempt_id, worker, claim_id)
      select attempt_id, ?, claim_id
        from unnest(?, ?) as asked (attempt_id, claim_id)
        join attempt using (attempt_id)
       order by attempt_id
      on conflict do nothing
      returning attempt_id
      """;

  // A statement of its own, so that it also sees an equal claim that was decided in between.
  private static final String OTHERS =
      """
      select asked.attempt_id, c.attempt_id is not null
        from unnest(?, ?) as asked (attempt_id, claim_id)
        left join attempt_claim c using (attempt_id)
       where c.attempt_id is null or (c.worker = ? and c.claim_id = asked.claim_id)
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

  /**
   * How some claims were decided. What is in neither is somebody else's, or over.
   *
   * @param granted what the worker may start
   * @param undecided nobody has claimed it, for it is not there: not yet, or no longer
   */
  record Decided(List<AttemptId> granted, List<AttemptId> undecided) {}

  /** Decides a worker's claims. */
  static Decided claim(Connection db, ClaimRequest request) throws SQLException {
    SqlArray attempts = SqlArray.of("bigint", request.claims(), c -> c.attempt().value());
    SqlArray ids = SqlArray.of("text", request.claims(), Claim::id);
    Decided decided = new Decided(new ArrayList<>(), new ArrayList<>());
    try (PreparedStatement claim = db.prepareStatement(CLAIM)) {
      claim.setString(1, request.worker().value());
      claim.setArray(2, attempts.in(db));
      claim.setArray(3, ids.in(db));
      try (ResultSet rows = claim.executeQuery()) {
        while (rows.next()) {
          decided.granted.add(new AttemptId(rows.getLong(1)));
        }
      }
    }
    if (decided.granted.size() == request.claims().size()) {
      return decided;
    }
    decided.granted.clear();
    try (PreparedStatement others = db.prepareStatement(OTHERS)) {
      others.setArray(1, attempts.in(db));
      others.setArray(2, ids.in(db));
      others.setString(3, request.worker().value());
      try (ResultSet rows = others.executeQuery()) {
        while (rows.next()) {
          (rows.getBoolean(2) ? decided.granted : decided.undecided)
              .add(new AttemptId(rows.getLong(1)));
        }
      }
    }
    return decided;
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
