package io.mutirao.messaging.lane;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The lane's row and its outbox in PostgreSQL. */
final class LaneStore {

  /** How many batches of a lane may be unacknowledged at a time. */
  static final int RING = 4;

  /**
   * So many statements the driver sends in one go, which in auto-commit is one transaction. From
   * about 250 on it waits for answers in between, and each part would be committed by itself.
   */
  private static final int MOST_AT_ONCE = 100;

  /** {@code move_lane} found that somebody else had moved it. */
  static final String TAKEN_OVER = "MU001";

  /** A lane as the database has it, and what must be produced again. */
  record Taken(
      long batch,
      UUID[] topicIds,
      long[] offsets,
      int[] epochs,
      long minted,
      Instant now,
      List<ProducerRecord<byte[], byte[]>> unacknowledged) {}

  /**
   * Classes of states that say the input cannot be stored, now or ever: cardinality, data,
   * constraints, limits such as an index row's size. Not 42: a missing table or right is the
   * schema's fault, and good inputs must wait until it is mended.
   */
  private static final List<String> BLAMING = List.of("21", "22", "23", "54");

  /** Whether it is the batch's fault; otherwise the database's, and the batch is tried again. */
  static boolean blames(String state) {
    return BLAMING.stream().anyMatch(state::startsWith);
  }

  private static final String FIRST =
      """
      insert into lane (lane, batch, topic_ids, offsets, epochs, minted)
      values (?, 0, ?, ?, ?, 0)
      on conflict do nothing
      """;

  // A service that reads one more topic than the version before it begins that one at its start.
  private static final String WIDEN =
      """
      update lane
         set topic_ids = wanted.ids,
             offsets = offsets || array_fill(0::bigint, array[wanted.count - cardinality(offsets)]),
             epochs = epochs || array_fill(-1, array[wanted.count - cardinality(epochs)])
        from (select cast(? as uuid[]) as ids, ? as count) wanted
       where lane = ? and cardinality(topic_ids) < wanted.count
         and topic_ids = wanted.ids[1:cardinality(topic_ids)]
      """;

  // Moving the batch number at once fences whoever had the lane before; and what that may have
  // hinted at before a commit that never came keeps its ids.
  private static final String TAKE =
      """
      update lane set batch = batch + 1, minted = minted + %d where lane = ?
      returning batch, topic_ids, offsets, epochs, minted, clock_timestamp()
      """
          .formatted(LaneChanges.HINTED_IDS);

  private static final String KEPT =
      "select messages from lane_outbox where lane = ? order by batch";

  private static final String MOVE = "select move_lane(?, ?, ?, ?, ?, ?, ?)";

  static Taken take(Connection db, int lane, UUID[] topicIds) throws SQLException {
    int topics = topicIds.length;
    try (PreparedStatement first = db.prepareStatement(FIRST)) {
      first.setInt(1, lane);
      first.setArray(2, db.createArrayOf("uuid", topicIds));
      first.setArray(3, array(db, new long[topics]));
      int[] none = new int[topics];
      Arrays.fill(none, -1);
      first.setArray(4, array(db, none));
      first.executeUpdate();
    }
    try (PreparedStatement widen = db.prepareStatement(WIDEN)) {
      widen.setArray(1, db.createArrayOf("uuid", topicIds));
      widen.setInt(2, topics);
      widen.setInt(3, lane);
      widen.executeUpdate();
    }
    try (PreparedStatement take = db.prepareStatement(TAKE)) {
      take.setInt(1, lane);
      try (ResultSet row = take.executeQuery()) {
        row.next();
        return new Taken(
            row.getLong(1),
            (UUID[]) row.getArray(2).getArray(),
            longs(row.getArray(3)),
            ints(row.getArray(4)),
            row.getLong(5),
            row.getObject(6, OffsetDateTime.class).toInstant(),
            kept(db, lane));
      }
    }
  }

  private static List<ProducerRecord<byte[], byte[]>> kept(Connection db, int lane)
      throws SQLException {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (PreparedStatement kept = db.prepareStatement(KEPT)) {
      kept.setInt(1, lane);
      try (ResultSet rows = kept.executeQuery()) {
        while (rows.next()) {
          messages.addAll(Outbox.unpack(rows.getBytes(1)));
        }
      }
    }
    return messages;
  }

  /**
   * Commits a batch: its statements, the new position and its messages, in one transaction and
   * commonly in one round trip.
   *
   * @return the database's clock
   */
  static Instant commit(
      Connection db, int lane, long batch, long[] offsets, int[] epochs, LaneChanges changes)
      throws SQLException {
    if (changes.statements().size() < MOST_AT_ONCE) {
      return execute(db, lane, batch, offsets, epochs, changes);
    }
    db.setAutoCommit(false);
    try {
      Instant now = execute(db, lane, batch, offsets, epochs, changes);
      db.commit();
      return now;
    } catch (SQLException e) {
      db.rollback();
      throw e;
    } finally {
      db.setAutoCommit(true);
    }
  }

  private static Instant execute(
      Connection db, int lane, long batch, long[] offsets, int[] epochs, LaneChanges changes)
      throws SQLException {
    StringBuilder sql = new StringBuilder();
    for (LaneChanges.Statement statement : changes.statements()) {
      sql.append(statement.sql()).append(";\n");
    }
    sql.append(MOVE);
    try (PreparedStatement all = db.prepareStatement(sql.toString())) {
      int at = 1;
      for (LaneChanges.Statement statement : changes.statements()) {
        for (Object parameter : statement.parameters()) {
          bind(db, all, at++, parameter);
        }
      }
      all.setInt(at++, lane);
      all.setLong(at++, batch);
      all.setArray(at++, array(db, offsets));
      all.setArray(at++, array(db, epochs));
      all.setLong(at++, changes.minted());
      all.setInt(at++, (int) (batch % RING));
      all.setBytes(at, Outbox.pack(changes.kept()));
      all.execute();
      return lastResult(all);
    }
  }

  private static Instant lastResult(PreparedStatement all) throws SQLException {
    while (true) {
      try (ResultSet rows = all.getResultSet()) {
        if (rows != null && rows.next()) {
          Instant now = rows.getObject(1, OffsetDateTime.class).toInstant();
          if (!all.getMoreResults() && all.getUpdateCount() == -1) {
            return now;
          }
          throw new SQLException("a lane's statement must not return rows");
        }
      }
      if (!all.getMoreResults() && all.getUpdateCount() == -1) {
        throw new SQLException("move_lane returned nothing");
      }
    }
  }

  private static void bind(
      Connection db, PreparedStatement statement, int at, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case SqlArray array -> statement.setArray(at, array.in(db));
      case Instant instant -> statement.setObject(at, instant.atOffset(ZoneOffset.UTC));
      case null, default -> statement.setObject(at, value);
    }
  }

  private static Array array(Connection db, long[] values) throws SQLException {
    return db.createArrayOf("bigint", Arrays.stream(values).boxed().toArray());
  }

  private static Array array(Connection db, int[] values) throws SQLException {
    return db.createArrayOf("int4", Arrays.stream(values).boxed().toArray());
  }

  private static long[] longs(Array array) throws SQLException {
    return Arrays.stream((Long[]) array.getArray()).mapToLong(Long::longValue).toArray();
  }

  private static int[] ints(Array array) throws SQLException {
    return Arrays.stream((Integer[]) array.getArray()).mapToInt(Integer::intValue).toArray();
  }

  private LaneStore() {}
}
