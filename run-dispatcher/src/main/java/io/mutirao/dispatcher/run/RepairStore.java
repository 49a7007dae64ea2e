package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunView;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.SqlArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The lanes' SQL of what came before: attempts that were retried, executions that were repaired.
 */
final class RepairStore {

  /** An attempt that another one follows. */
  record Past(AttemptId attempt, Run run, RunView.TaskRun view) {}

  private static final String ADD_PAST =
      "insert into past_attempt (attempt_id, run_id, view) select * from unnest(?, ?, ?)";

  static void addPast(LaneChanges changes, Collection<Past> past) {
    if (!past.isEmpty()) {
      changes.write(
          ADD_PAST,
          SqlArray.of("bigint", past, p -> p.attempt().value()),
          SqlArray.of("bigint", past, p -> p.run().id().value()),
          SqlArray.of("json", past, p -> Sql.json(p.view())));
    }
  }

  private static final String LATEST =
      """
      select distinct on (run_id) run_id, repair_id
        from execution
       where run_id = any(?) and repair > 0
       order by run_id, repair desc
      """;

  /** The latest repair of those of these runs that have one. */
  static Map<Long, Long> latest(Connection db, Collection<Long> runs) throws SQLException {
    Map<Long, Long> latest = new HashMap<>();
    if (runs.isEmpty()) {
      return latest;
    }
    try (PreparedStatement select = db.prepareStatement(LATEST)) {
      select.setArray(1, SqlArray.of("bigint", runs, id -> id).in(db));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          latest.put(row.getLong(1), row.getLong(2));
        }
      }
    }
    return latest;
  }

  private static final String BEGIN =
      "insert into execution (run_id, repair, repair_id, begun_at, attempts) values (?, ?, ?, ?, ?)";

  private static final String CLOSE =
      """
      update execution set cause = ?, message = ?, result = ?, ended_at = ?
       where run_id = ? and repair = ?
      """;

  /** The run's current execution is over and another one follows. */
  static void close(LaneChanges changes, Run run) {
    if (run.repair == 0) {
      begin(changes, run, null, run.fixed.createdAt(), run.tasks.stream().map(t -> t.id).toList());
    }
    var end = Objects.requireNonNull(run.end);
    changes.write(
        CLOSE,
        end.cause().name(),
        end.why(),
        end.result().name(),
        run.endedAt,
        run.id().value(),
        run.repair);
  }

  static void begin(
      LaneChanges changes,
      Run run,
      @Nullable Long repairId,
      Instant begunAt,
      List<AttemptId> attempts) {
    changes.write(
        BEGIN,
        run.id().value(),
        run.repair,
        repairId,
        begunAt,
        SqlArray.of("bigint", attempts, AttemptId::value));
  }

  static final String EXECUTIONS =
      """
      select repair, repair_id, begun_at, attempts, cause, message, result, ended_at
        from execution
       where run_id = ?
       order by repair
      """;

  /** An execution as it is shown: the current one ends with its run. */
  static RunView.Repair view(ResultSet row, Run run) throws SQLException {
    int number = row.getInt("repair");
    boolean current = number == run.repair;
    Becomes end = run.end;
    Result result = Sql.word(row, "result", Result.class);
    Cause cause = Sql.word(row, "cause", Cause.class);
    String message = row.getString("message");
    List<AttemptId> attempts = new ArrayList<>();
    for (Long id : (Long[]) row.getArray("attempts").getArray()) {
      attempts.add(new AttemptId(id));
    }
    return new RunView.Repair(
        row.getLong("repair_id"),
        number,
        current ? run.phase() : Phase.FINISHED,
        current && end != null ? end.result() : result,
        current && end != null ? end.cause() : cause,
        current && end != null ? end.why() : message == null ? "" : message,
        Objects.requireNonNull(Sql.instant(row, "begun_at")),
        current ? run.endedAt : Sql.instant(row, "ended_at"),
        attempts);
  }

  private RepairStore() {}
}
