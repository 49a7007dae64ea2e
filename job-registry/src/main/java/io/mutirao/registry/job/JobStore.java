package io.mutirao.registry.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.job.CreatedLately;
import io.mutirao.contracts.job.JobCommand;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobView;
import io.mutirao.contracts.job.Notifications;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.contracts.topic.Unreadable;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.SqlArray;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs and the answers to their commands in PostgreSQL. */
final class JobStore {

  private static final String READ =
      """
      select asked.command_id, answer.reply, job.job_id, job.version, job.deleted_at is not null,
             job.name, job.created_by, job.definition -> 'notifications'
        from unnest(?, ?) as asked (command_id, job_id)
        left join command_answer answer on answer.command_id = asked.command_id
        left join job on job.job_id = asked.job_id
      """;

  private static final String CREATE =
      """
      insert into job (job_id, version, name, definition, created_by, created_at)
      select job_id, 1, name, definition, created_by, ?
        from unnest(?, ?, ?, ?) as made (job_id, name, definition, created_by)
      """;

  private static final String REPLACE =
      """
      update job set version = changed.version, name = changed.name, definition = changed.definition
        from unnest(?, ?, ?, ?) as changed (job_id, version, name, definition)
       where job.job_id = changed.job_id
      """;
  private static final String DELETE =
      """
      update job set version = gone.version, deleted_by = gone.deleted_by, deleted_at = ?
        from unnest(?, ?, ?) as gone (job_id, version, deleted_by)
       where job.job_id = gone.job_id
      """;

  private static final String ANSWER =
      """
      insert into command_answer (command_id, lane, answered_at, reply)
      select command_id, ?, ?, reply from unnest(?, ?) as given (command_id, reply)
      """;

  private static final String STOCK =
      """
      select (select count(*) from job where deleted_at is null),
             (select count(*) from job where created_at > clock_timestamp() - interval '1 hour')
      """;

  // Fails the batch when others created at the same time; it is done again, and refuses.
  private static final String KEEP_LIMITS =
      """
      insert into job (job_id)
      select 0 from (select keep_job_limits(?, ?) as kept) as limits where not kept
      """;

  private static final String OLD_ANSWERS =
      """
      select command_id from command_answer
       where lane = ? and answered_at < ? order by answered_at limit ?
      """;

  private static final String OLD_JOBS =
      """
      select job_id from job
       where deleted_at < ? and mod(job_id, ?) = ? order by deleted_at limit ?
      """;

  private static final String VIEW =
      """
      select job_id, version, definition, created_by, job_owner(job_id), created_at
        from job
       where deleted_at is null
      """;

  /** What has been kept long enough. */
  record Outlived(List<String> commands, List<Long> jobs) {}

  /** What the commands of a batch need to know, in one round trip. */
  static JobBatch.Known read(Connection db, List<Envelope<JobCommand>> commands)
      throws SQLException {
    Map<JobId, KnownJob> jobs = new HashMap<>();
    Map<String, Reply> answers = new HashMap<>();
    try (PreparedStatement read = db.prepareStatement(READ)) {
      read.setArray(1, SqlArray.of("text", commands, Envelope::id).in(db));
      read.setArray(2, SqlArray.of("bigint", commands, c -> namedJob(c.message())).in(db));
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          String reply = rows.getString(2);
          if (reply != null) {
            answers.put(rows.getString(1), reply(reply));
          }
          long job = rows.getLong(3);
          if (!rows.wasNull()) {
            long version = rows.getLong(4);
            boolean gone = rows.getBoolean(5);
            jobs.put(
                new JobId(job),
                gone
                    ? new KnownJob.Gone(version)
                    : new KnownJob.Living(
                        version, rows.getString(6), rows.getString(7), mail(rows.getString(8))));
          }
        }
      }
    }
    boolean creates = commands.stream().anyMatch(c -> c.message() instanceof JobCommand.CreateJob);
    return new JobBatch.Known(jobs, answers, creates ? stock(db) : new JobLimits.Stock(0, 0));
  }

  private static JobLimits.Stock stock(Connection db) throws SQLException {
    try (PreparedStatement count = db.prepareStatement(STOCK);
        ResultSet row = count.executeQuery()) {
      row.next();
      return new JobLimits.Stock(row.getLong(1), row.getLong(2));
    }
  }

  static CreatedLately createdLately(Connection db) throws SQLException {
    return new CreatedLately(stock(db).hourly());
  }

  private static @Nullable Long namedJob(JobCommand command) {
    return switch (command) {
      case JobCommand.CreateJob _ -> null;
      case JobCommand.ReplaceJob replace -> replace.job().value();
      case JobCommand.DeleteJob delete -> delete.job().value();
    };
  }

  /** Creations first: a job may be made and deleted in one batch. */
  static void write(LaneChanges changes, JobBatch batch, int lane, Instant now) {
    var created = batch.created();
    if (!created.isEmpty()) {
      changes.write(
          CREATE,
          now,
          SqlArray.of("bigint", created, c -> c.job().value()),
          SqlArray.of("text", created, c -> c.asked().definition().name()),
          SqlArray.of("json", created, c -> json(c.asked().definition())),
          SqlArray.of("text", created, c -> c.asked().by()));
    }
    // Each job once, as it is at the end: an update takes any one of several rows that fit.
    Map<JobId, JobDecision.Replaced> last = new LinkedHashMap<>();
    batch.replaced().forEach(r -> last.put(r.asked().job(), r));
    if (!last.isEmpty()) {
      changes.write(
          REPLACE,
          SqlArray.of("bigint", last.values(), r -> r.asked().job().value()),
          SqlArray.of("bigint", last.values(), JobDecision.Replaced::version),
          SqlArray.of("text", last.values(), r -> r.asked().definition().name()),
          SqlArray.of("json", last.values(), r -> json(r.asked().definition())));
    }
    GrantStore.write(changes, batch.access());
    var deleted = batch.deleted();
    if (!deleted.isEmpty()) {
      changes.write(
          DELETE,
          now,
          SqlArray.of("bigint", deleted, d -> d.job().value()),
          SqlArray.of("bigint", deleted, JobDecision.Deleted::version),
          SqlArray.of("text", deleted, JobDecision.Deleted::by));
    }
    if (!created.isEmpty()) {
      changes.write(KEEP_LIMITS, batch.limits().mostSaved(), batch.limits().mostHourly());
    }
    var answers = batch.answers().entrySet();
    if (!answers.isEmpty()) {
      changes.write(
          ANSWER,
          lane,
          now,
          SqlArray.of("text", answers, Map.Entry::getKey),
          SqlArray.of("jsonb", answers, a -> new String(Codec.encode(a.getValue()), UTF_8)));
    }
  }

  /** At most {@code limit} of each kind, of this lane, from before {@code end}. */
  static Outlived outlived(Connection db, int lane, Lanes lanes, Instant end, int limit)
      throws SQLException {
    List<String> commands = new ArrayList<>();
    List<Long> jobs = new ArrayList<>();
    try (PreparedStatement answers = db.prepareStatement(OLD_ANSWERS)) {
      answers.setInt(1, lane);
      answers.setObject(2, end.atOffset(ZoneOffset.UTC));
      answers.setInt(3, limit);
      try (ResultSet rows = answers.executeQuery()) {
        while (rows.next()) {
          commands.add(rows.getString(1));
        }
      }
    }
    try (PreparedStatement gone = db.prepareStatement(OLD_JOBS)) {
      gone.setObject(1, end.atOffset(ZoneOffset.UTC));
      gone.setInt(2, lanes.count());
      gone.setInt(3, lane);
      gone.setInt(4, limit);
      try (ResultSet rows = gone.executeQuery()) {
        while (rows.next()) {
          jobs.add(rows.getLong(1));
        }
      }
    }
    return new Outlived(commands, jobs);
  }

  static void remove(LaneChanges changes, Outlived old) {
    if (!old.commands().isEmpty()) {
      changes.write(
          "delete from command_answer where command_id = any(?)",
          SqlArray.of("text", old.commands(), id -> id));
    }
    if (!old.jobs().isEmpty()) {
      changes.write(
          "delete from job where job_id = any(?)", SqlArray.of("bigint", old.jobs(), id -> id));
    }
  }

  static Optional<JobView> find(Connection db, long job) throws SQLException {
    try (PreparedStatement find = db.prepareStatement(VIEW + " and job_id = ?")) {
      find.setLong(1, job);
      try (ResultSet rows = find.executeQuery()) {
        return rows.next() ? Optional.of(view(rows)) : Optional.empty();
      }
    }
  }

  /** One job more than the limit, when there are so many: it says that there is another page. */
  static List<JobView> page(Connection db, JobQuery query) throws SQLException {
    StringBuilder sql = new StringBuilder(VIEW);
    if (query.name() != null) {
      sql.append(" and lower(name) = lower(?)");
    }
    if (query.as() != null) {
      sql.append(" and ").append(GrantStore.VISIBLE);
    }
    switch (query.from()) {
      case JobQuery.First _ -> sql.append(" order by job_id");
      case JobQuery.After _ -> sql.append(" and job_id > ? order by job_id");
      case JobQuery.Before _ -> sql.append(" and job_id < ? order by job_id desc");
    }
    sql.append(" offset ? limit ?");
    List<JobView> jobs = new ArrayList<>();
    try (PreparedStatement find = db.prepareStatement(sql.toString())) {
      int n = 0;
      if (query.name() != null) {
        find.setString(++n, query.name());
      }
      if (query.as() != null) {
        find.setString(++n, query.as());
        find.setString(++n, query.as());
      }
      switch (query.from()) {
        case JobQuery.First _ -> {}
        case JobQuery.After(long job) -> find.setLong(++n, job);
        case JobQuery.Before(long job) -> find.setLong(++n, job);
      }
      find.setInt(++n, query.offset());
      find.setInt(++n, query.limit() + 1);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          jobs.add(view(rows));
        }
      }
    }
    return jobs;
  }

  private static JobView view(ResultSet row) throws SQLException {
    return new JobView(
        new JobId(row.getLong(1)),
        row.getLong(2),
        definition(row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getObject(6, OffsetDateTime.class).toInstant());
  }

  private static String json(JobDefinition definition) {
    try {
      return Codec.JSON.writeValueAsString(definition);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a definition that cannot be written is a bug", e);
    }
  }

  private static JobDefinition definition(String json) {
    try {
      return Codec.JSON.readValue(json, JobDefinition.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a stored definition cannot be read", e);
    }
  }

  private static List<String> mail(@Nullable String notifications) {
    try {
      return notifications == null
          ? List.of()
          : KnownJob.Living.mail(Codec.JSON.readValue(notifications, Notifications.class));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("stored notifications cannot be read", e);
    }
  }

  private static Reply reply(String json) {
    try {
      return Codec.decode(Topics.REPLIES, json.getBytes(UTF_8));
    } catch (Unreadable e) {
      throw new IllegalStateException("a kept answer cannot be read", e);
    }
  }

  private JobStore() {}
}
