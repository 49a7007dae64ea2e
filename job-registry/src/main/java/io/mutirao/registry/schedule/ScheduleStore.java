package io.mutirao.registry.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.job.JobTrigger;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.SqlArray;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Schedules in PostgreSQL. */
final class ScheduleStore {

  private static final String OF_LANE =
      """
      select job_id, started_by, trigger, since, next_fire, arrivals
        from schedule
       where mod(job_id, ?) = ?
      """;

  private static final String PUT =
      """
      insert into schedule (job_id, started_by, trigger, since, next_fire, arrivals)
      select * from unnest(?, ?, ?, ?, ?, ?)
      on conflict (job_id) do update
         set started_by = excluded.started_by, trigger = excluded.trigger, since = excluded.since,
             next_fire = excluded.next_fire, arrivals = excluded.arrivals
      """;

  static List<Schedule> ofLane(Connection db, int lane, Lanes lanes) throws SQLException {
    List<Schedule> all = new ArrayList<>();
    try (PreparedStatement find = db.prepareStatement(OF_LANE)) {
      find.setInt(1, lanes.count());
      find.setInt(2, lane);
      try (ResultSet row = find.executeQuery()) {
        while (row.next()) {
          String arrivals = row.getString(6);
          all.add(
              new Schedule(
                  new JobId(row.getLong(1)),
                  row.getString(2),
                  read(row.getString(3), JobTrigger.class),
                  row.getObject(4, OffsetDateTime.class).toInstant(),
                  instant(row, 5),
                  arrivals == null ? null : read(arrivals, Arrivals.class)));
        }
      }
    }
    return all;
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static void put(LaneChanges changes, Collection<Schedule> schedules) {
    if (!schedules.isEmpty()) {
      changes.write(
          PUT,
          SqlArray.of("bigint", schedules, s -> s.job().value()),
          SqlArray.of("text", schedules, Schedule::by),
          SqlArray.of("json", schedules, s -> json(s.trigger())),
          SqlArray.of("timestamptz", schedules, Schedule::since),
          SqlArray.of("timestamptz", schedules, Schedule::next),
          SqlArray.of("json", schedules, s -> s.arrivals() == null ? null : json(s.arrivals())));
    }
  }

  static void remove(LaneChanges changes, Collection<JobId> jobs) {
    if (!jobs.isEmpty()) {
      changes.write(
          "delete from schedule where job_id = any(?)", SqlArray.of("bigint", jobs, JobId::value));
    }
  }

  private static String json(Object value) {
    try {
      return Codec.JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a schedule that cannot be written is a bug", e);
    }
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return Codec.JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a stored schedule cannot be read", e);
    }
  }

  private ScheduleStore() {}
}
