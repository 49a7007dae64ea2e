package io.mutirao.dispatcher.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.dispatcher.lifecycle.RunState;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.SqlArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lanes' SQL: a few reads before a batch is decided, batched writes after. */
final class RunStore {

  private static final TypeReference<Map<String, JsonNode>> PARAMETERS = new TypeReference<>() {};

  private static final String ACTIVE =
      """
      select r.run_id, r.job_id, r.version, r.number_in_job, r.command_id, r.parameters,
             r.requested_by, r.created_at, r.phase, r.sequence, r.attempt_id, r.offered_at,
             r.worker, r.started_at, r.becomes, r.message, v.definition, j.forgotten
        from run r
        join job_version v using (job_id, version)
        join job j using (job_id)
       where r.lane = ? and r.ended_at is null
       order by r.run_id
      """;

  /** What a lane must know again after a take-over. */
  static void load(Connection db, int lane, LaneMemory memory, Instant checkAt)
      throws SQLException {
    Map<String, JobDefinition> definitions = new HashMap<>();
    try (PreparedStatement active = db.prepareStatement(ACTIVE)) {
      active.setInt(1, lane);
      active.setFetchSize(1_000);
      try (ResultSet row = active.executeQuery()) {
        while (row.next()) {
          JobDefinition definition =
              definitions.computeIfAbsent(
                  row.getLong("job_id") + "/" + row.getLong("version"),
                  definition(row.getString("definition")));
          Run run = run(row, definition, checkAt);
          memory.add(run);
          if (row.getBoolean("forgotten")) {
            memory.toEnd.add(run);
          }
        }
      }
    }
  }

  private static Function<String, JobDefinition> definition(String json) {
    return _ -> read(json, JobDefinition.class);
  }

  private static Run run(ResultSet row, JobDefinition definition, Instant checkAt)
      throws SQLException {
    AttemptId attempt = new AttemptId(row.getLong("attempt_id"));
    Run.Fixed fixed =
        new Run.Fixed(
            new RunId(row.getLong("run_id")),
            new JobId(row.getLong("job_id")),
            row.getLong("version"),
            row.getLong("number_in_job"),
            definition,
            parameters(row.getString("parameters")),
            attempt,
            required(row, "created_at"),
            row.getString("command_id"),
            row.getString("requested_by"));
    return new Run(fixed, state(row, attempt), row.getInt("sequence"), checkAt);
  }

  private static RunState state(ResultSet row, AttemptId attempt) throws SQLException {
    String name = row.getString("worker");
    WorkerId worker = name == null ? null : new WorkerId(name);
    return switch (Phase.valueOf(row.getString("phase"))) {
      case PENDING ->
          worker == null
              ? new RunState.Offered(attempt, required(row, "offered_at"))
              : new RunState.Claimed(attempt, worker);
      case RUNNING -> new RunState.Running(attempt, present(worker), required(row, "started_at"));
      case TERMINATING ->
          new RunState.Terminating(
              attempt,
              present(worker),
              instant(row, "started_at"),
              Result.valueOf(row.getString("becomes")),
              row.getString("message"));
      case QUEUED, BLOCKED, WAITING_FOR_RETRY, FINISHED ->
          throw new IllegalStateException("no run of one task is kept active in this phase");
    };
  }

  private static final String JOBS =
      """
      select j.job_id, j.version, j.forgotten, j.runs, v.definition
        from job j
        left join job_version v using (job_id, version)
       where j.job_id = any(?)
      """;

  /** Brings these jobs into memory, those that exist. */
  static void loadJobs(Connection db, Collection<Long> ids, LaneMemory memory) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement jobs = db.prepareStatement(JOBS)) {
      jobs.setArray(1, SqlArray.of("bigint", ids, id -> id).in(db));
      try (ResultSet row = jobs.executeQuery()) {
        while (row.next()) {
          String definition = row.getString(5);
          memory.keep(
              new KnownJob(
                  row.getLong(1),
                  row.getLong(2),
                  row.getBoolean(3),
                  row.getLong(4),
                  definition == null ? null : read(definition, JobDefinition.class)));
        }
      }
    }
  }

  private static final String ANSWERS =
      """
      select 'command', command_id, run_id, number_in_job, null, null
        from run where command_id = any(?)
      union all
      select 'command', command_id, null, null, reason, message
        from refused_command where command_id = any(?)
      union all
      select 'token', token, run_id, number_in_job, null, null
        from run_token where token = any(?)
      """;

  /**
   * The answers that were given before: by command id, and by token.
   *
   * @param commands by command id
   * @param tokens by token; the token also stands in the answer, for want of a better
   */
  record Answers(Map<String, Reply> commands, Map<String, Accepted> tokens) {}

  static Answers answers(Connection db, Collection<String> commands, Collection<String> tokens)
      throws SQLException {
    Answers answers = new Answers(new HashMap<>(), new HashMap<>());
    if (commands.isEmpty()) {
      return answers;
    }
    try (PreparedStatement select = db.prepareStatement(ANSWERS)) {
      SqlArray ids = SqlArray.of("text", commands, id -> id);
      select.setArray(1, ids.in(db));
      select.setArray(2, ids.in(db));
      select.setArray(3, SqlArray.of("text", tokens, token -> token).in(db));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String id = row.getString(2);
          String reason = row.getString(5);
          if (reason != null) {
            answers.commands.put(id, new Refused(id, Refusal.valueOf(reason), row.getString(6)));
          } else {
            Accepted found = Accepted.ofRun(id, new RunId(row.getLong(3)), row.getLong(4));
            if (row.getString(1).equals("token")) {
              answers.tokens.put(id, found);
            } else {
              answers.commands.put(id, found);
            }
          }
        }
      }
    }
    return answers;
  }

  private static final String VISIBLE =
      """
      select run_id from run join job using (job_id) where run_id = any(?) and not forgotten
      """;

  /** Those of these runs that exist and are not hidden. */
  static Set<Long> visible(Connection db, Collection<Long> runs) throws SQLException {
    Set<Long> visible = new HashSet<>();
    if (runs.isEmpty()) {
      return visible;
    }
    try (PreparedStatement select = db.prepareStatement(VISIBLE)) {
      select.setArray(1, SqlArray.of("bigint", runs, id -> id).in(db));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          visible.add(row.getLong(1));
        }
      }
    }
    return visible;
  }

  private static final String PUT_JOBS =
      """
      insert into job (job_id, version, forgotten, runs)
      select * from unnest(?, ?, ?, ?)
      on conflict (job_id) do update
         set version = excluded.version, forgotten = excluded.forgotten, runs = excluded.runs
      """;

  static void putJobs(LaneChanges changes, Collection<KnownJob> jobs) {
    if (!jobs.isEmpty()) {
      changes.write(
          PUT_JOBS,
          SqlArray.of("bigint", jobs, j -> j.id),
          SqlArray.of("bigint", jobs, j -> j.version),
          SqlArray.of("boolean", jobs, j -> j.forgotten),
          SqlArray.of("bigint", jobs, j -> j.runs));
    }
  }

  private static final String PUT_VERSION =
      "insert into job_version (job_id, version, definition) values (?, ?, ?::json)";

  static void putVersion(LaneChanges changes, JobId job, long version, JobDefinition definition) {
    changes.write(PUT_VERSION, job.value(), version, json(definition));
  }

  private static final String ADD_RUNS =
      """
      insert into run (
        run_id, lane, job_id, version, number_in_job, command_id, parameters, requested_by,
        created_at, phase, sequence, attempt_id, offered_at, worker, started_at, becomes, message,
        result, ended_at)
      select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String ADD_ATTEMPTS =
      "insert into attempt (attempt_id, run_id) select * from unnest(?, ?)";

  static void addRuns(LaneChanges changes, int lane, Collection<Run> runs) {
    if (runs.isEmpty()) {
      return;
    }
    List<RunRow> rows = rows(runs);
    changes.write(
        ADD_RUNS,
        SqlArray.of("bigint", runs, r -> r.id().value()),
        SqlArray.of("int4", runs, _ -> lane),
        SqlArray.of("bigint", runs, r -> r.fixed.job().value()),
        SqlArray.of("bigint", runs, r -> r.fixed.version()),
        SqlArray.of("bigint", runs, r -> r.fixed.numberInJob()),
        SqlArray.of("text", runs, r -> r.fixed.commandId()),
        SqlArray.of("json", runs, r -> json(r.fixed.parameters())),
        SqlArray.of("text", runs, r -> r.fixed.requestedBy()),
        SqlArray.of("timestamptz", runs, r -> r.fixed.createdAt()),
        SqlArray.of("text", rows, RunRow::phase),
        SqlArray.of("int4", rows, RunRow::sequence),
        SqlArray.of(
            "bigint", runs, r -> r.fixed.attempt() == null ? null : r.fixed.attempt().value()),
        SqlArray.of("timestamptz", rows, RunRow::offeredAt),
        SqlArray.of("text", rows, RunRow::worker),
        SqlArray.of("timestamptz", rows, RunRow::startedAt),
        SqlArray.of("text", rows, RunRow::becomes),
        SqlArray.of("text", rows, RunRow::message),
        SqlArray.of("text", rows, RunRow::result),
        SqlArray.of("timestamptz", rows, RunRow::endedAt));
    List<Run> offered = runs.stream().filter(r -> r.fixed.attempt() != null).toList();
    if (!offered.isEmpty()) {
      changes.write(
          ADD_ATTEMPTS,
          SqlArray.of("bigint", offered, r -> present(r.fixed.attempt()).value()),
          SqlArray.of("bigint", offered, r -> r.id().value()));
    }
  }

  private static final String MOVE_RUNS =
      """
      update run r
         set phase = n.phase, sequence = n.sequence, offered_at = n.offered_at,
             worker = coalesce(n.worker, r.worker), started_at = n.started_at,
             becomes = n.becomes, message = n.message, result = n.result, ended_at = n.ended_at
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          as n (run_id, phase, sequence, offered_at, worker, started_at, becomes, message, result,
                ended_at)
       where r.run_id = n.run_id
      """;

  static void moveRuns(LaneChanges changes, Collection<Run> runs) {
    if (runs.isEmpty()) {
      return;
    }
    List<RunRow> rows = rows(runs);
    changes.write(
        MOVE_RUNS,
        SqlArray.of("bigint", runs, r -> r.id().value()),
        SqlArray.of("text", rows, RunRow::phase),
        SqlArray.of("int4", rows, RunRow::sequence),
        SqlArray.of("timestamptz", rows, RunRow::offeredAt),
        SqlArray.of("text", rows, RunRow::worker),
        SqlArray.of("timestamptz", rows, RunRow::startedAt),
        SqlArray.of("text", rows, RunRow::becomes),
        SqlArray.of("text", rows, RunRow::message),
        SqlArray.of("text", rows, RunRow::result),
        SqlArray.of("timestamptz", rows, RunRow::endedAt));
  }

  private static final String ADD_TOKENS =
      "insert into run_token (token, run_id, number_in_job) select * from unnest(?, ?, ?)";

  static void addTokens(LaneChanges changes, Map<String, Accepted> tokens) {
    if (!tokens.isEmpty()) {
      var rows = tokens.entrySet();
      changes.write(
          ADD_TOKENS,
          SqlArray.of("text", rows, Map.Entry::getKey),
          SqlArray.of("bigint", rows, e -> present(e.getValue().run()).value()),
          SqlArray.of("bigint", rows, e -> e.getValue().numberInJob()));
    }
  }

  private static final String ADD_REFUSED =
      """
      delete from refused_command where command_id in (
        select command_id from refused_command where keep_until < clock_timestamp() limit 100);
      insert into refused_command (command_id, reason, message, keep_until)
      select *, clock_timestamp() + interval '7 days' from unnest(?, ?, ?)
      """;

  static void addRefused(LaneChanges changes, Collection<Refused> refused) {
    if (!refused.isEmpty()) {
      changes.write(
          ADD_REFUSED,
          SqlArray.of("text", refused, Refused::command),
          SqlArray.of("text", refused, Refused::reason),
          SqlArray.of("text", refused, Refused::message));
    }
  }

  private static List<RunRow> rows(Collection<Run> runs) {
    List<RunRow> rows = new ArrayList<>(runs.size());
    runs.forEach(run -> rows.add(RunRow.of(run)));
    return rows;
  }

  static Map<String, JsonNode> parameters(String json) {
    try {
      return Codec.JSON.readValue(json, PARAMETERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored parameters cannot be read", e);
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return Codec.JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", e);
    }
  }

  private static String json(Object value) {
    try {
      return Codec.JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static Instant required(ResultSet row, String column) throws SQLException {
    return present(instant(row, column));
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  private RunStore() {}
}
