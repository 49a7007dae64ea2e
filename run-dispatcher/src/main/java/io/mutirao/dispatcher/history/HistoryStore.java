package io.mutirao.dispatcher.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunTrigger;
import io.mutirao.contracts.run.RunView;
import io.mutirao.contracts.topic.Codec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL of the runs' history. */
final class HistoryStore {

  private static final TypeReference<Map<String, JsonNode>> PARAMETERS = new TypeReference<>() {};

  private static final String SELECT =
      """
      select r.run_id, r.job_id, r.number_in_job, r.phase, r.result, r.message, r.parameters,
             r.requested_by, v.definition, r.created_at, r.started_at, r.ended_at, r.attempt_id,
             r.worker
        from run r
        join job j using (job_id)
        join job_version v on v.job_id = r.job_id and v.version = r.version
       where not j.forgotten
      """;

  private static final String BY_ID =
      SELECT + " and r.run_id = coalesce((select run_id from attempt where attempt_id = ?), ?)";

  static Optional<RunView> find(Connection db, long id) throws SQLException {
    try (PreparedStatement select = db.prepareStatement(BY_ID)) {
      select.setLong(1, id);
      select.setLong(2, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(view(row)) : Optional.empty();
      }
    }
  }

  static RunPage page(
      Connection db, @Nullable Long job, @Nullable Boolean active, int limit, int offset)
      throws SQLException {
    StringBuilder sql = new StringBuilder(SELECT);
    if (job != null) {
      sql.append(" and r.job_id = ?");
    }
    if (active != null) {
      sql.append(active ? " and r.ended_at is null" : " and r.ended_at is not null");
    }
    sql.append(" order by r.created_at desc, r.run_id desc limit ? offset ?");
    try (PreparedStatement select = db.prepareStatement(sql.toString())) {
      int at = 1;
      if (job != null) {
        select.setLong(at++, job);
      }
      select.setInt(at++, limit + 1);
      select.setInt(at, offset);
      List<RunView> runs = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          runs.add(view(row));
        }
      }
      boolean more = runs.size() > limit;
      return new RunPage(more ? runs.subList(0, limit) : runs, more ? "more" : null, null);
    }
  }

  private static RunView view(ResultSet row) throws SQLException {
    try {
      RunId run = new RunId(row.getLong("run_id"));
      JobDefinition definition =
          Codec.JSON.readValue(row.getString("definition"), JobDefinition.class);
      String ended = row.getString("result");
      Result result = ended == null ? null : Result.valueOf(ended);
      String worker = row.getString("worker");
      Long attempt = row.getObject("attempt_id", Long.class);
      RunView.TaskRun task =
          new RunView.TaskRun(
              new AttemptId(attempt == null ? run.value() : attempt),
              definition.tasks().getFirst().key(),
              0,
              0,
              Phase.valueOf(row.getString("phase")),
              result,
              null,
              row.getString("message"),
              null,
              null,
              worker == null ? null : new WorkerId(worker),
              instant(row, "created_at").orElseThrow(),
              instant(row, "started_at").orElse(null),
              instant(row, "ended_at").orElse(null));
      return new RunView(
          run,
          new JobId(row.getLong("job_id")),
          row.getLong("number_in_job"),
          false,
          RunTrigger.ONE_TIME,
          run,
          0,
          task.phase(),
          result,
          null,
          task.message(),
          Codec.JSON.readValue(row.getString("parameters"), PARAMETERS),
          Map.of(),
          row.getString("requested_by"),
          definition,
          task.createdAt(),
          task.startedAt(),
          task.endedAt(),
          List.of(task),
          List.of(),
          List.of());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored run cannot be read", e);
    }
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private HistoryStore() {}
}
