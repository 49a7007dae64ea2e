package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobVersion;
import io.mutirao.contracts.job.KnownDefinitions;
import io.mutirao.contracts.job.KnownDefinitions.Known;
import io.mutirao.messaging.lane.LaneChanges;
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

/** The lanes' SQL of jobs and the versions of their definitions. */
final class JobStore {

  private static final String FIND =
      """
      select j.job_id, j.version, j.forgotten, j.runs, v.definition
        from job j
        left join job_version v using (job_id, version)
       where j.job_id = any(?)
      """;

  /** These jobs, those that exist. */
  static List<KnownJob> find(Connection db, Collection<Long> ids) throws SQLException {
    List<KnownJob> found = new ArrayList<>();
    if (ids.isEmpty()) {
      return found;
    }
    try (PreparedStatement jobs = db.prepareStatement(FIND)) {
      jobs.setArray(1, SqlArray.of("bigint", ids, id -> id).in(db));
      try (ResultSet row = jobs.executeQuery()) {
        while (row.next()) {
          String definition = row.getString(5);
          found.add(
              new KnownJob(
                  row.getLong(1),
                  row.getLong(2),
                  row.getBoolean(3),
                  row.getLong(4),
                  definition == null ? null : Sql.read(definition, JobDefinition.class)));
        }
      }
    }
    return found;
  }

  private static final String PUT =
      """
      insert into job (job_id, version, forgotten, runs)
      select * from unnest(?, ?, ?, ?)
      on conflict (job_id) do update
         set version = excluded.version, forgotten = excluded.forgotten, runs = excluded.runs
      """;

  static void put(LaneChanges changes, Collection<KnownJob> jobs) {
    if (!jobs.isEmpty()) {
      changes.write(
          PUT,
          SqlArray.of("bigint", jobs, j -> j.id),
          SqlArray.of("bigint", jobs, j -> j.version),
          SqlArray.of("boolean", jobs, j -> j.forgotten),
          SqlArray.of("bigint", jobs, j -> j.runs));
    }
  }

  private static final String CLEAR =
      """
      update job set cleared = true
       where forgotten and not cleared and mod(job_id, ?) = ?
         and not exists (select from run where run.job_id = job.job_id)
      """;

  /** Of the deleted jobs of a lane those without runs need not be looked at again. */
  static void clear(LaneChanges changes, int lane) {
    changes.write(CLEAR, changes.lanes().count(), lane);
  }

  private static final String PUT_VERSION =
      "insert into job_version (job_id, version, definition) values (?, ?, ?::json)";

  static void putVersion(LaneChanges changes, JobId job, long version, JobDefinition definition) {
    changes.write(PUT_VERSION, job.value(), version, Sql.json(definition));
  }

  private static final String DEFINITIONS =
      """
      select v.job_id, v.version, v.definition
        from unnest(?, ?) as wanted (job_id, version)
        join job_version v using (job_id, version)
      """;

  /** The definitions of those of these versions that there are; what is read is known from then. */
  static Map<JobVersion, JobDefinition> definitions(
      Connection db, KnownDefinitions known, Collection<JobVersion> versions) throws SQLException {
    Map<JobVersion, JobDefinition> found = new HashMap<>();
    List<JobVersion> missing = new ArrayList<>();
    for (JobVersion version : versions) {
      Known one = known.get(version);
      if (one == null) {
        missing.add(version);
      } else {
        found.put(version, one.definition());
      }
    }
    if (missing.isEmpty()) {
      return found;
    }
    try (PreparedStatement select = db.prepareStatement(DEFINITIONS)) {
      select.setArray(1, SqlArray.of("bigint", missing, v -> v.job().value()).in(db));
      select.setArray(2, SqlArray.of("bigint", missing, JobVersion::version).in(db));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          JobVersion version = new JobVersion(new JobId(row.getLong(1)), row.getLong(2));
          String text = row.getString(3);
          JobDefinition definition = Sql.read(text, JobDefinition.class);
          known.put(version, new Known(definition, text.length()));
          found.put(version, definition);
        }
      }
    }
    return found;
  }

  private JobStore() {}
}
