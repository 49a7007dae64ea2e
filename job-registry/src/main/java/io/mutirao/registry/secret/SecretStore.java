package io.mutirao.registry.secret;

import io.mutirao.contracts.secret.SealedSecret;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sealed secrets in PostgreSQL. */
final class SecretStore {

  private static final String FIND =
      """
      select secret_scope.name, secret.key, secret.sealed
        from secret join secret_scope using (scope)
       where scope = lower(?) and lower(secret.key) = lower(?)
      """;

  /** A key keeps the letters it was first given. */
  private static final String PUT =
      """
      insert into secret (scope, key, sealed)
      select scope, ?, ? from secret_scope where scope = lower(?) for share
      on conflict (scope, lower(key)) do update
        set sealed = excluded.sealed, updated_at = now()
      """;

  private static final String DELETE =
      "delete from secret where scope = lower(?) and lower(key) = lower(?)";

  /** Administrators may read everything, and every active user what the group users may. */
  private static final String MAY_READ =
      """
      select exists (
        select 1
          from users
         where users.active
           and lower(users.name) = lower(coalesce(?, job_owner(?)))
           and (exists (select 1 from group_member
                         where group_member.user_id = users.user_id and group_member.group_id = 2)
                or exists (
                  select 1
                    from secret_grant
                   where secret_grant.scope = lower(?)
                     and (lower(secret_grant.principal) in (lower(users.name), 'users')
                          or lower(secret_grant.principal) in (
                               select lower(groups.name)
                                 from group_member join groups using (group_id)
                                where group_member.user_id = users.user_id)))))
      """;

  static Optional<SealedSecret> find(Connection db, String scope, String key) throws SQLException {
    try (PreparedStatement find = db.prepareStatement(FIND)) {
      find.setString(1, scope);
      find.setString(2, key);
      try (ResultSet rows = find.executeQuery()) {
        return rows.next()
            ? Optional.of(new SealedSecret(rows.getString(1), rows.getString(2), rows.getString(3)))
            : Optional.empty();
      }
    }
  }

  /** False when there is no such scope. */
  static boolean put(Connection db, String scope, String key, String sealed) throws SQLException {
    try (PreparedStatement put = db.prepareStatement(PUT)) {
      put.setString(1, key);
      put.setString(2, sealed);
      put.setString(3, scope);
      return put.executeUpdate() > 0;
    }
  }

  static void delete(Connection db, String scope, String key) throws SQLException {
    try (PreparedStatement delete = db.prepareStatement(DELETE)) {
      delete.setString(1, scope);
      delete.setString(2, key);
      delete.executeUpdate();
    }
  }

  static boolean mayRead(Connection db, String scope, long job, @Nullable String user)
      throws SQLException {
    try (PreparedStatement may = db.prepareStatement(MAY_READ)) {
      may.setString(1, user);
      may.setLong(2, job);
      may.setString(3, scope);
      try (ResultSet rows = may.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  private SecretStore() {}
}
