package io.mutirao.registry.job;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.messaging.lane.LaneChanges;
import io.mutirao.messaging.lane.SqlArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Who may do what with a job, in PostgreSQL. */
final class GrantStore {

  /** Of a row of {@code job}, whether a user may see it; the name stands there twice. */
  static final String VISIBLE =
      """
      exists (
        select from job_grant granted
         where granted.job_id = job.job_id
           and (granted.kind <> 'GROUP' and lower(granted.principal) = lower(?)
             or granted.kind = 'GROUP' and (lower(granted.principal) = 'users'
               or lower(granted.principal) in (
                 select lower(groups.name)
                   from users
                   join group_member on group_member.user_id = users.user_id
                   join groups on groups.group_id = group_member.group_id
                  where lower(users.name) = lower(?)))))
      """;

  private static final String REVOKE =
      """
      delete from job_grant using unnest(?, ?) as changed (job_id, owner)
       where job_grant.job_id = changed.job_id and (changed.owner or job_grant.level <> 'OWNER')
      """;

  private static final String GRANT =
      """
      insert into job_grant (job_id, kind, principal, level)
      select job_id, kind, principal, level from unnest(?, ?, ?, ?) as given (job_id, kind, principal, level)
      on conflict do nothing
      """;

  private static final String OF =
      """
      select job.job_id, kind, principal, level
        from job left join job_grant on job_grant.job_id = job.job_id
       where job.job_id = ? and job.deleted_at is null
       order by level = 'OWNER' desc, kind desc, principal
      """;

  private static final String WHICH_VISIBLE =
      "select job_id from job where job_id = any (?) and deleted_at is null and " + VISIBLE;

  private record Row(JobId job, Grant grant) {}

  /** Each job once. */
  static void write(LaneChanges changes, Collection<AccessChange> access) {
    if (access.isEmpty()) {
      return;
    }
    changes.write(
        REVOKE,
        SqlArray.of("bigint", access, change -> change.job().value()),
        SqlArray.of("boolean", access, change -> change.owner() != null));
    List<Row> rows = new ArrayList<>();
    access.forEach(
        change -> change.grants().forEach(grant -> rows.add(new Row(change.job(), grant))));
    changes.write(
        GRANT,
        SqlArray.of("bigint", rows, row -> row.job().value()),
        SqlArray.of("text", rows, row -> row.grant().kind()),
        SqlArray.of("text", rows, row -> row.grant().principal()),
        SqlArray.of("text", rows, row -> row.grant().level()));
  }

  /** The owner first; none when there is no such job. */
  static Optional<List<Grant>> of(Connection db, long job) throws SQLException {
    try (PreparedStatement find = db.prepareStatement(OF)) {
      find.setLong(1, job);
      try (ResultSet rows = find.executeQuery()) {
        List<Grant> grants = new ArrayList<>();
        boolean there = false;
        while (rows.next()) {
          there = true;
          String kind = rows.getString(2);
          if (kind != null) {
            grants.add(
                new Grant(
                    Grant.Kind.valueOf(kind),
                    rows.getString(3),
                    Grant.Level.valueOf(rows.getString(4))));
          }
        }
        return there ? Optional.of(grants) : Optional.empty();
      }
    }
  }

  static List<Long> visible(Connection db, List<Long> jobs, String user) throws SQLException {
    List<Long> visible = new ArrayList<>();
    try (PreparedStatement find = db.prepareStatement(WHICH_VISIBLE)) {
      find.setArray(1, SqlArray.of("bigint", jobs, job -> job).in(db));
      find.setString(2, user);
      find.setString(3, user);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          visible.add(rows.getLong(1));
        }
      }
    }
    return visible;
  }

  private GrantStore() {}
}
