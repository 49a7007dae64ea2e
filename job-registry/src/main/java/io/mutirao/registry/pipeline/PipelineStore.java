package io.mutirao.registry.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.pipeline.PipelineOrder;
import io.mutirao.contracts.pipeline.PipelineView;
import io.mutirao.contracts.topic.Codec;
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

/** Pipelines in PostgreSQL. */
final class PipelineStore {

  private static final int LATEST = 5;

  private static final String FIND =
      """
      select pipeline_id, name, spec, owner, modified_at from pipeline
       where %s
       order by lower(name), pipeline_id
      """;

  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtext('mutirao registry pipelines'))";

  private static final String OTHERS =
      "select pipeline_id from pipeline where lower(name) = lower(?) and pipeline_id <> ?";

  private static final String PUT =
      """
      insert into pipeline (pipeline_id, name, spec, owner, modified_at)
      values (?, ?, ?::json, ?, date_trunc('milliseconds', clock_timestamp()))
      on conflict (pipeline_id) do update
        set name = excluded.name, spec = excluded.spec, modified_at = excluded.modified_at
      """;

  private static final String DELETE = "delete from pipeline where pipeline_id = ?";

  /** As of secrets: administrators may do everything, others what is theirs. */
  private static final String MAY_RUN =
      """
      select exists (
        select 1
          from users
         where users.active
           and lower(users.name) = lower(coalesce(?, job_owner(?)))
           and (lower(users.name) = (select lower(owner) from pipeline where pipeline_id = ?)
                or exists (select 1 from group_member
                            where group_member.user_id = users.user_id
                              and group_member.group_id = 2)))
      """;

  /** What came of an order. */
  enum Put {
    DONE,
    NOT_THERE,
    NAME_TAKEN,
    CHANGED_MEANWHILE
  }

  static List<PipelineView> all(Connection db) throws SQLException {
    try (PreparedStatement all = db.prepareStatement(FIND.formatted("true"))) {
      return read(db, all);
    }
  }

  static Optional<PipelineView> find(Connection db, String id) throws SQLException {
    try (PreparedStatement find = db.prepareStatement(FIND.formatted("pipeline_id = ?"))) {
      find.setString(1, id);
      return read(db, find).stream().findFirst();
    }
  }

  private static List<PipelineView> read(Connection db, PreparedStatement query)
      throws SQLException {
    List<PipelineView> pipelines = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        String id = rows.getString(1);
        pipelines.add(
            new PipelineView(
                id,
                rows.getString(2),
                json(rows.getString(3)),
                rows.getString(4),
                rows.getObject(5, OffsetDateTime.class).toInstant(),
                UpdateStore.page(db, id, Long.MAX_VALUE, LATEST)));
      }
    }
    return pipelines;
  }

  /** In a transaction of the caller's: two that want one name wait for each other. */
  static Put put(Connection db, String id, PipelineOrder order) throws SQLException {
    try (PreparedStatement lock = db.prepareStatement(LOCK)) {
      lock.execute();
    }
    Optional<PipelineView> before = find(db, id);
    if (before.isEmpty() && !order.create()) {
      return Put.NOT_THERE;
    }
    if (before.isPresent() && isDone(order, before.get())) {
      return Put.DONE; // The same request a second time.
    }
    if (before.isPresent() && !isOf(order.lastModified(), before.get().modifiedAt())) {
      return Put.CHANGED_MEANWHILE;
    }
    if (order.onlyOfItsName() && isTaken(db, order.name(), id)) {
      return Put.NAME_TAKEN;
    }
    try (PreparedStatement put = db.prepareStatement(PUT)) {
      put.setString(1, id);
      put.setString(2, order.name());
      put.setString(3, order.spec().toString());
      put.setString(4, order.owner());
      put.executeUpdate();
    }
    return Put.DONE;
  }

  private static boolean isDone(PipelineOrder order, PipelineView before) {
    return before.name().equals(order.name()) && before.spec().equals(order.spec());
  }

  private static boolean isOf(@Nullable Long expected, Instant modifiedAt) {
    return expected == null || expected == modifiedAt.toEpochMilli();
  }

  private static boolean isTaken(Connection db, String name, String id) throws SQLException {
    try (PreparedStatement others = db.prepareStatement(OTHERS)) {
      others.setString(1, name);
      others.setString(2, id);
      try (ResultSet rows = others.executeQuery()) {
        return rows.next();
      }
    }
  }

  static void delete(Connection db, String id) throws SQLException {
    try (PreparedStatement delete = db.prepareStatement(DELETE)) {
      delete.setString(1, id);
      delete.executeUpdate();
    }
  }

  static boolean mayRun(Connection db, String id, long job, @Nullable String user)
      throws SQLException {
    try (PreparedStatement may = db.prepareStatement(MAY_RUN)) {
      may.setString(1, user);
      may.setLong(2, job);
      may.setString(3, id);
      try (ResultSet rows = may.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  static ObjectNode json(String text) {
    try {
      return Codec.JSON.readValue(text, ObjectNode.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database holds what is no JSON", e);
    }
  }

  private PipelineStore() {}
}
