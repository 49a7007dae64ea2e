package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobVersion;
import io.mutirao.contracts.job.KnownDefinitions;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.dispatcher.lifecycle.TaskState;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.SqlArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lanes' SQL of runs and their tasks: read at take-over, written batch by batch. */
final class RunStore {

  private static final String COLUMNS =
      """
      select r.run_id, r.job_id, r.version, r.number_in_job, r.submitted, r.own_task, r.command_id,
             r.request, r.requested_by, r.created_at, r.timeout_seconds, r.phase, r.sequence,
             r.repair, r.warned, r.attempt_id, r.offered_at, r.retry_at, r.worker, r.started_at,
             r.becomes, r.cause, r.message, r.result, r.ended_at, r.executed_until
      """;

  private static final String RUNS =
      COLUMNS.strip() + ", v.definition from run r join job_version v using (job_id, version)";

  private static final String TASKS =
      """
      select run_id, position, iteration, attempt_id, attempt_number, repair, created_at, warned, outcome,
             child_run, delegated, phase, offered_at, retry_at, worker, started_at, becomes, cause,
             message, result, ended_at, executed_until, told
        from task_run
       where run_id = any(?)
       order by run_id, iteration, position
      """;

  /** The runs of a lane that are not over, oldest first. */
  static List<Run> open(Connection db, int lane) throws SQLException {
    try (PreparedStatement runs =
        db.prepareStatement(RUNS + " where r.lane = ? and r.ended_at is null order by r.run_id")) {
      runs.setInt(1, lane);
      return read(db, runs);
    }
  }

  /** These runs, those that exist, over or not. */
  static Map<Long, Run> find(Connection db, Collection<Long> ids) throws SQLException {
    Map<Long, Run> found = new HashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    try (PreparedStatement runs = db.prepareStatement(RUNS + " where r.run_id = any(?)")) {
      runs.setArray(1, SqlArray.of("bigint", ids, id -> id).in(db));
      read(db, runs).forEach(run -> found.put(run.id().value(), run));
      return found;
    }
  }

  // Not forgotten: their jobs are there. What is asked for is a run, or an attempt of one.
  private static final String ASKED =
      COLUMNS.strip()
          + """
          , asked.id as asked
            from unnest(?) as asked (id)
            left join attempt a on a.attempt_id = asked.id
            join run r on r.run_id = coalesce(a.run_id, asked.id)
            join job j using (job_id)
           where not j.forgotten
          """;

  /** Runs of jobs that are there, by their own ids or by those of their attempts. */
  static Map<Long, Run> asked(Connection db, KnownDefinitions known, Collection<Long> ids)
      throws SQLException {
    try (PreparedStatement runs = scrolling(db, ASKED)) {
      runs.setArray(1, SqlArray.of("bigint", ids, id -> id).in(db));
      try (ResultSet row = runs.executeQuery()) {
        Map<Long, Run> read = read(db, row, known);
        Map<Long, Run> asked = new HashMap<>();
        row.beforeFirst();
        while (row.next()) {
          asked.put(row.getLong("asked"), Objects.requireNonNull(read.get(row.getLong("run_id"))));
        }
        return asked;
      }
    }
  }

  /**
   * Some runs.
   *
   * @param known definitions that need not be read again
   * @param rest of a select: conditions, order and limit
   */
  static List<Run> select(
      Connection db, KnownDefinitions known, String rest, List<Object> parameters)
      throws SQLException {
    try (PreparedStatement runs = scrolling(db, COLUMNS + " from run r" + rest)) {
      for (int i = 0; i < parameters.size(); i++) {
        runs.setObject(i + 1, parameters.get(i));
      }
      try (ResultSet row = runs.executeQuery()) {
        return List.copyOf(read(db, row, known).values());
      }
    }
  }

  /** Its rows are gone through twice. */
  private static PreparedStatement scrolling(Connection db, String sql) throws SQLException {
    return db.prepareStatement(sql, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
  }

  private static Map<Long, Run> read(Connection db, ResultSet row, KnownDefinitions known)
      throws SQLException {
    Set<JobVersion> versions = new HashSet<>();
    while (row.next()) {
      versions.add(version(row));
    }
    Map<JobVersion, JobDefinition> definitions = JobStore.definitions(db, known, versions);
    row.beforeFirst();
    Map<Long, Run> read = new LinkedHashMap<>();
    List<Long> others = new ArrayList<>();
    while (row.next()) {
      add(row, Objects.requireNonNull(definitions.get(version(row))), read, others);
    }
    readTasks(db, read, others);
    return read;
  }

  private static List<Run> read(Connection db, PreparedStatement runs) throws SQLException {
    Map<Long, Run> read = new LinkedHashMap<>();
    List<Long> others = new ArrayList<>();
    Map<JobVersion, JobDefinition> definitions = new HashMap<>();
    runs.setFetchSize(1_000);
    try (ResultSet row = runs.executeQuery()) {
      while (row.next()) {
        String text = row.getString("definition");
        add(
            row,
            definitions.computeIfAbsent(version(row), _ -> Sql.read(text, JobDefinition.class)),
            read,
            others);
      }
    }
    readTasks(db, read, others);
    return List.copyOf(read.values());
  }

  private static JobVersion version(ResultSet row) throws SQLException {
    return new JobVersion(new JobId(row.getLong("job_id")), row.getLong("version"));
  }

  /**
   * Adds the run of a row.
   *
   * @param others runs whose tasks have rows of their own
   */
  private static void add(
      ResultSet row, JobDefinition definition, Map<Long, Run> read, List<Long> others)
      throws SQLException {
    Run run = run(row, definition);
    if (read.put(run.id().value(), run) == null && !row.getBoolean("own_task")) {
      others.add(run.id().value());
    }
  }

  private static Run run(ResultSet row, JobDefinition definition) throws SQLException {
    Run run =
        new Run(
            new Run.Fixed(
                new RunId(row.getLong("run_id")),
                new JobId(row.getLong("job_id")),
                row.getLong("version"),
                row.getLong("number_in_job"),
                row.getBoolean("submitted"),
                definition,
                Sql.read(row.getString("request"), RunRequest.class),
                Objects.requireNonNull(Sql.instant(row, "created_at")),
                row.getString("command_id"),
                row.getString("requested_by")));
    TaskRow columns = TaskRow.read(row, null);
    run.timeoutSeconds = row.getInt("timeout_seconds");
    run.queued = columns.phase() == Phase.QUEUED;
    run.sequence = row.getInt("sequence");
    run.repair = row.getInt("repair");
    run.warned = row.getBoolean("warned");
    run.startedAt = columns.startedAt();
    run.endedAt = columns.endedAt();
    Result becomes = columns.becomes();
    if (run.queued) {
      Cause limit = columns.cause() == null ? Cause.JOB_LIMIT : columns.cause();
      run.waits = new Admission.Queue(limit, columns.message());
    }
    if (columns.phase() == Phase.FINISHED) {
      run.end = columns.end();
    } else if (becomes != null) {
      run.ending = new Becomes(becomes, Objects.requireNonNull(columns.cause()), columns.message());
    }
    if (row.getBoolean("own_task")) {
      AttemptId attempt = new AttemptId(row.getLong("attempt_id"));
      TaskRun task =
          new TaskRun(
              run, 0, attempt, columns.state(attempt), run.fixed.createdAt(), Instant.EPOCH);
      task.repair = run.repair;
      task.worker = columns.worker();
      run.tasks.add(task);
    }
    return run;
  }

  private static void readTasks(Connection db, Map<Long, Run> runs, List<Long> ids)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement tasks = db.prepareStatement(TASKS)) {
      tasks.setFetchSize(1_000);
      tasks.setArray(1, SqlArray.of("bigint", ids, id -> id).in(db));
      try (ResultSet row = tasks.executeQuery()) {
        while (row.next()) {
          Run run = Objects.requireNonNull(runs.get(row.getLong("run_id")));
          TaskRun task = task(run, row);
          (task.iteration < 0 ? run.tasks : run.iterations).add(task);
        }
      }
    }
  }

  private static TaskRun task(Run run, ResultSet row) throws SQLException {
    AttemptId attempt = new AttemptId(row.getLong("attempt_id"));
    TaskRow columns = TaskRow.read(row, row.getString("told"));
    int position = row.getInt("position");
    int iteration = row.getInt("iteration");
    Instant createdAt = Objects.requireNonNull(Sql.instant(row, "created_at"));
    TaskState state = new TaskState.Blocked();
    TaskRun task =
        iteration < 0
            ? new TaskRun(run, position, attempt, state, createdAt, Instant.EPOCH)
            : loop(run, position).iteration(iteration, attempt);
    task.createdAt = createdAt;
    Long child = row.getObject("child_run", Long.class);
    task.child = child == null ? null : new RunId(child);
    task.state =
        row.getBoolean("delegated")
            ? columns.delegated(attempt, task.child)
            : columns.state(attempt);
    task.attemptNumber = row.getInt("attempt_number");
    task.repair = row.getInt("repair");
    task.worker = columns.worker();
    task.warned = row.getBoolean("warned");
    task.outcome = row.getString("outcome");
    return task;
  }

  private static TaskRun loop(Run run, int position) {
    return run.tasks.stream().filter(t -> t.position == position).findAny().orElseThrow();
  }

  private static final String ADD =
      """
      insert into run (
        run_id, lane, job_id, version, number_in_job, submitted, own_task, command_id, request,
        requested_by, created_at, timeout_seconds, phase, sequence, repair, warned, attempt_id,
        offered_at, retry_at, worker, started_at, becomes, cause, message, result, ended_at,
        executed_until)
      select * from unnest(
        ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  static void add(LaneChanges changes, int lane, Collection<Run> runs) {
    if (runs.isEmpty()) {
      return;
    }
    List<TaskRow> rows = runs.stream().map(RunStore::row).toList();
    changes.write(
        ADD,
        SqlArray.of("bigint", runs, r -> r.id().value()),
        SqlArray.of("int4", runs, _ -> lane),
        SqlArray.of("bigint", runs, r -> r.fixed.job().value()),
        SqlArray.of("bigint", runs, r -> r.fixed.version()),
        SqlArray.of("bigint", runs, r -> r.fixed.numberInJob()),
        SqlArray.of("boolean", runs, r -> r.fixed.submitted()),
        SqlArray.of("boolean", runs, Run::ownTask),
        SqlArray.of("text", runs, r -> r.fixed.commandId()),
        SqlArray.of("json", runs, r -> Sql.json(r.fixed.request())),
        SqlArray.of("text", runs, r -> r.fixed.requestedBy()),
        SqlArray.of("timestamptz", runs, r -> r.fixed.createdAt()),
        SqlArray.of("int4", runs, r -> r.timeoutSeconds),
        SqlArray.of("text", rows, TaskRow::phase),
        SqlArray.of("int4", runs, r -> r.sequence),
        SqlArray.of("int4", runs, r -> r.repair),
        SqlArray.of("boolean", runs, r -> r.warned),
        SqlArray.of("bigint", runs, RunStore::ownAttempt),
        SqlArray.of("timestamptz", rows, TaskRow::offeredAt),
        SqlArray.of("timestamptz", rows, TaskRow::retryAt),
        SqlArray.of("text", rows, TaskRow::worker),
        SqlArray.of("timestamptz", rows, TaskRow::startedAt),
        SqlArray.of("text", rows, TaskRow::becomes),
        SqlArray.of("text", rows, TaskRow::cause),
        SqlArray.of("text", rows, TaskRow::message),
        SqlArray.of("text", rows, TaskRow::result),
        SqlArray.of("timestamptz", rows, TaskRow::endedAt),
        SqlArray.of("timestamptz", rows, row -> row.left().executedUntil()));
  }

  private static final String MOVE =
      """
      update run r
         set timeout_seconds = n.timeout_seconds, phase = n.phase, sequence = n.sequence,
             repair = n.repair, warned = n.warned, attempt_id = n.attempt_id,
             offered_at = n.offered_at, retry_at = n.retry_at,
             worker = n.worker, started_at = n.started_at, becomes = n.becomes, cause = n.cause, message = n.message, result = n.result,
             ended_at = n.ended_at, executed_until = n.executed_until
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          as n (run_id, timeout_seconds, phase, sequence, repair, warned, attempt_id, offered_at,
                retry_at, worker, started_at, becomes, cause, message, result, ended_at,
                executed_until)
       where r.run_id = n.run_id
      """;

  static void move(LaneChanges changes, Collection<Run> runs) {
    if (runs.isEmpty()) {
      return;
    }
    List<TaskRow> rows = runs.stream().map(RunStore::row).toList();
    changes.write(
        MOVE,
        SqlArray.of("bigint", runs, r -> r.id().value()),
        SqlArray.of("int4", runs, r -> r.timeoutSeconds),
        SqlArray.of("text", rows, TaskRow::phase),
        SqlArray.of("int4", runs, r -> r.sequence),
        SqlArray.of("int4", runs, r -> r.repair),
        SqlArray.of("boolean", runs, r -> r.warned),
        SqlArray.of("bigint", runs, RunStore::ownAttempt),
        SqlArray.of("timestamptz", rows, TaskRow::offeredAt),
        SqlArray.of("timestamptz", rows, TaskRow::retryAt),
        SqlArray.of("text", rows, TaskRow::worker),
        SqlArray.of("timestamptz", rows, TaskRow::startedAt),
        SqlArray.of("text", rows, TaskRow::becomes),
        SqlArray.of("text", rows, TaskRow::cause),
        SqlArray.of("text", rows, TaskRow::message),
        SqlArray.of("text", rows, TaskRow::result),
        SqlArray.of("timestamptz", rows, TaskRow::endedAt),
        SqlArray.of("timestamptz", rows, row -> row.left().executedUntil()));
  }

  /** The changing columns of a run: of its own task what that one has, else its own. */
  private static TaskRow row(Run run) {
    TaskRow own = run.ownTask() ? TaskRow.of(run.tasks.getFirst().state) : null;
    Becomes end = run.end == null ? run.ending : run.end;
    Admission.Queue queue = run.waits;
    return new TaskRow(
        run.phase(),
        own == null ? null : own.offeredAt(),
        own == null ? null : own.retryAt(),
        own == null ? null : run.tasks.getFirst().worker,
        run.startedAt,
        run.end == null && run.ending != null ? run.ending.result() : null,
        end == null ? (queue == null ? null : queue.cause()) : end.cause(),
        end == null ? (queue == null ? "" : queue.why()) : end.why(),
        run.end == null ? null : run.end.result(),
        run.endedAt,
        own == null ? TaskState.Left.NOTHING : own.left());
  }

  private static @Nullable Long ownAttempt(Run run) {
    return run.ownTask() ? run.tasks.getFirst().id.value() : null;
  }

  private static final String PUT_TASKS =
      """
      insert into task_run (
        run_id, position, iteration, task_key, attempt_id, attempt_number, repair, created_at,
        warned, outcome, child_run, delegated, phase, offered_at, retry_at, worker, started_at, becomes, cause,
        message, result, ended_at, executed_until, told)
      select * from unnest(
        ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (run_id, position, iteration) do update
         set attempt_id = excluded.attempt_id, attempt_number = excluded.attempt_number,
             repair = excluded.repair, created_at = excluded.created_at, warned = excluded.warned,
             outcome = excluded.outcome, child_run = excluded.child_run,
             delegated = excluded.delegated, phase = excluded.phase,
             offered_at = excluded.offered_at, retry_at = excluded.retry_at,
             worker = excluded.worker, started_at = excluded.started_at, becomes = excluded.becomes,
             cause = excluded.cause, message = excluded.message, result = excluded.result,
             ended_at = excluded.ended_at, executed_until = excluded.executed_until,
             told = excluded.told
      """;

  /** Tasks of runs that have them in rows of their own. */
  static void putTasks(LaneChanges changes, Collection<TaskRun> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    List<TaskRow> rows = tasks.stream().map(task -> TaskRow.of(task.state)).toList();
    changes.write(
        PUT_TASKS,
        SqlArray.of("bigint", tasks, t -> t.run.id().value()),
        SqlArray.of("int4", tasks, t -> t.position),
        SqlArray.of("int4", tasks, t -> t.iteration),
        SqlArray.of("text", tasks, t -> t.task.key()),
        SqlArray.of("bigint", tasks, t -> t.id.value()),
        SqlArray.of("int4", tasks, t -> t.attemptNumber),
        SqlArray.of("int4", tasks, t -> t.repair),
        SqlArray.of("timestamptz", tasks, t -> t.createdAt),
        SqlArray.of("boolean", tasks, t -> t.warned),
        SqlArray.of("text", tasks, t -> t.outcome),
        SqlArray.of("bigint", tasks, t -> t.child == null ? null : t.child.value()),
        SqlArray.of("boolean", tasks, t -> t.state instanceof TaskState.Delegated),
        SqlArray.of("text", rows, TaskRow::phase),
        SqlArray.of("timestamptz", rows, TaskRow::offeredAt),
        SqlArray.of("timestamptz", rows, TaskRow::retryAt),
        SqlArray.of("text", tasks, t -> t.worker),
        SqlArray.of("timestamptz", rows, TaskRow::startedAt),
        SqlArray.of("text", rows, TaskRow::becomes),
        SqlArray.of("text", rows, TaskRow::cause),
        SqlArray.of("text", rows, TaskRow::message),
        SqlArray.of("text", rows, TaskRow::result),
        SqlArray.of("timestamptz", rows, TaskRow::endedAt),
        SqlArray.of("timestamptz", rows, row -> row.left().executedUntil()),
        SqlArray.of("json", rows, TaskRow::told));
  }

  /** Before others take their place. */
  static void deleteIterations(LaneChanges changes, TaskRun loop) {
    changes.write(
        "delete from task_run where run_id = ? and position = ? and iteration >= 0",
        loop.run.id().value(),
        loop.position);
  }

  private static final String ADD_ATTEMPTS =
      "insert into attempt (attempt_id, run_id) select * from unnest(?, ?)";

  static void addAttempts(LaneChanges changes, Map<AttemptId, RunId> attempts) {
    if (!attempts.isEmpty()) {
      changes.write(
          ADD_ATTEMPTS,
          SqlArray.of("bigint", attempts.keySet(), AttemptId::value),
          SqlArray.of("bigint", attempts.values(), RunId::value));
    }
  }

  private static final String ATTEMPTS_OF =
      """
      select attempt_id from run where run_id = any(?)
      union all
      select attempt_id from task_run where run_id = any(?)
      union all
      select attempt_id from past_attempt where run_id = any(?)
      """;

  /** A run that is over, with all that hangs on it; its claims stay, so that nobody starts it. */
  static void delete(LaneChanges changes, Collection<Long> runs) {
    if (!runs.isEmpty()) {
      SqlArray ids = SqlArray.of("bigint", runs, id -> id);
      changes.write("delete from attempt where attempt_id in (" + ATTEMPTS_OF + ")", ids, ids, ids);
      changes.write("update run_token set deleted = true where run_id = any(?)", ids);
      changes.write("delete from run where run_id = any(?)", ids);
    }
  }

  private static final String OUTLIVED =
      """
      select run_id from run
       where created_at < ? and ended_at < ? and lane = ?
       order by created_at, run_id limit ?
      """;

  /** Runs of a lane that were over before then, the oldest of them. */
  static List<Long> outlived(Connection db, int lane, Instant end, int limit) throws SQLException {
    try (PreparedStatement select = db.prepareStatement(OUTLIVED)) {
      select.setObject(1, end.atOffset(ZoneOffset.UTC));
      select.setObject(2, end.atOffset(ZoneOffset.UTC));
      select.setInt(3, lane);
      select.setInt(4, limit);
      return ids(select);
    }
  }

  // From the jobs to their runs, never the other way round: a limit is what keeps that order.
  private static final String HIDDEN =
      """
      select hidden.run_id
        from (select job_id from job
               where forgotten and not cleared and mod(job_id, ?) = ?
               order by job_id limit 20) as deleted
       cross join lateral (
              select run_id from run
               where run.job_id = deleted.job_id and ended_at is not null
               limit ?) as hidden
       limit ?
      """;

  /** Runs that are over and whose jobs, a few of this lane, were deleted: nobody sees them. */
  static List<Long> hidden(Connection db, int lane, Lanes lanes, int limit) throws SQLException {
    try (PreparedStatement select = db.prepareStatement(HIDDEN)) {
      select.setInt(1, lanes.count());
      select.setInt(2, lane);
      select.setInt(3, limit);
      select.setInt(4, limit);
      return ids(select);
    }
  }

  private static List<Long> ids(PreparedStatement select) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ids.add(row.getLong(1));
      }
    }
    return ids;
  }

  /** Runs that nobody needs any more, with all that hangs on them. */
  static void remove(LaneChanges changes, Collection<Long> runs) {
    if (!runs.isEmpty()) {
      SqlArray ids = SqlArray.of("bigint", runs, id -> id);
      for (String table : List.of("attempt_claim", "attempt")) {
        changes.write(
            "delete from " + table + " where attempt_id in (" + ATTEMPTS_OF + ")", ids, ids, ids);
      }
      changes.write("delete from run_token where run_id = any(?)", ids);
      changes.write("delete from run where run_id = any(?)", ids);
    }
  }

  private RunStore() {}
}
