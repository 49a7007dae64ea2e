package io.mutirao.registry.pipeline;

import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.pipeline.PipelineUpdate;
import io.mutirao.contracts.pipeline.PipelineUpdate.Begun;
import io.mutirao.contracts.pipeline.PipelineUpdate.Fate;
import io.mutirao.contracts.pipeline.PipelineUpdate.Order;
import io.mutirao.contracts.run.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Updates of pipelines in PostgreSQL; of each pipeline the latest ones. */
final class UpdateStore {

  private static final int KEPT = 500;

  private static final String COLUMNS =
      """
      select update_id, pipeline_id, number, run_id,
             run_id is null and result is null and created_at < now() - interval '2 minutes',
             cause, full_refresh, config, created_at, result
        from pipeline_update
       where pipeline_id = ?
      """;

  private static final String PAGE = COLUMNS + " and number < ? order by number desc limit ?";

  private static final String FIND = COLUMNS + " and update_id = ?";

  private static final String MAKE =
      """
      insert into pipeline_update (update_id, pipeline_id, number, cause, full_refresh, config)
      select ?, pipeline_id, ?, ?, ?, spec from pipeline where pipeline_id = ? for share
      on conflict do nothing
      """;

  /** Of a task of a job: it does not ask whether another one runs. */
  private static final String BEGIN =
      """
      insert into pipeline_update
        (update_id, pipeline_id, number, run_id, cause, full_refresh, config)
      select ?, pipeline_id,
             1 + coalesce((select max(number) from pipeline_update u
                            where u.pipeline_id = pipeline.pipeline_id), 0),
             ?, 'JOB_TASK', ?, spec
        from pipeline where pipeline_id = ? for update
      on conflict (update_id) do update set run_id = excluded.run_id
       where pipeline_update.pipeline_id = excluded.pipeline_id
      """;

  private static final String FATE =
      """
      update pipeline_update
         set run_id = coalesce(run_id, ?), result = coalesce(result, ?)
       where pipeline_id = ? and update_id = ?
      """;

  private static final String FORGET =
      """
      delete from pipeline_update
       where pipeline_id = ?
         and number <= (select max(number) from pipeline_update where pipeline_id = ?) - ?
      """;

  /** Newest first, those with lower numbers. */
  static List<PipelineUpdate> page(Connection db, String pipeline, long below, int limit)
      throws SQLException {
    try (PreparedStatement page = db.prepareStatement(PAGE)) {
      page.setString(1, pipeline);
      page.setLong(2, below);
      page.setInt(3, limit);
      return read(page);
    }
  }

  static Optional<PipelineUpdate> find(Connection db, String pipeline, String update)
      throws SQLException {
    try (PreparedStatement find = db.prepareStatement(FIND)) {
      find.setString(1, pipeline);
      find.setString(2, update);
      return read(find).stream().findFirst();
    }
  }

  private static List<PipelineUpdate> read(PreparedStatement query) throws SQLException {
    List<PipelineUpdate> updates = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        long run = rows.getLong(4);
        String result = rows.getString(10);
        updates.add(
            new PipelineUpdate(
                rows.getString(1),
                rows.getString(2),
                rows.getLong(3),
                run == 0 ? null : new RunId(run),
                rows.getBoolean(5),
                rows.getString(6),
                rows.getBoolean(7),
                PipelineStore.json(rows.getString(8)),
                rows.getObject(9, OffsetDateTime.class).toInstant(),
                result == null ? null : Result.valueOf(result)));
      }
    }
    return updates;
  }

  /** Nothing happens when another update has the number, or when it is there already. */
  static void make(Connection db, String pipeline, String update, Order order) throws SQLException {
    try (PreparedStatement make = db.prepareStatement(MAKE)) {
      make.setString(1, update);
      make.setLong(2, order.after() + 1);
      make.setString(3, order.cause());
      make.setBoolean(4, order.fullRefresh());
      make.setString(5, pipeline);
      make.executeUpdate();
    }
    forget(db, pipeline);
  }

  static void begin(Connection db, String pipeline, String update, Begun begun)
      throws SQLException {
    try (PreparedStatement begin = db.prepareStatement(BEGIN)) {
      begin.setString(1, update);
      begin.setLong(2, begun.attempt().value());
      begin.setBoolean(3, begun.fullRefresh());
      begin.setString(4, pipeline);
      begin.executeUpdate();
    }
    forget(db, pipeline);
  }

  private static void forget(Connection db, String pipeline) throws SQLException {
    try (PreparedStatement forget = db.prepareStatement(FORGET)) {
      forget.setString(1, pipeline);
      forget.setString(2, pipeline);
      forget.setInt(3, KEPT);
      forget.executeUpdate();
    }
  }

  static void fate(Connection db, String pipeline, String update, Fate fate) throws SQLException {
    RunId run = fate.run();
    Result result = fate.result();
    try (PreparedStatement set = db.prepareStatement(FATE)) {
      set.setObject(1, run == null ? null : run.value(), java.sql.Types.BIGINT);
      set.setString(2, result == null ? null : result.name());
      set.setString(3, pipeline);
      set.setString(4, update);
      set.executeUpdate();
    }
  }

  private UpdateStore() {}
}
