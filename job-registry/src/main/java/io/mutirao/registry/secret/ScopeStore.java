package io.mutirao.registry.secret;

import io.mutirao.contracts.secret.NewScope;
import io.mutirao.contracts.secret.ScopeView;
import io.mutirao.contracts.secret.SecretGrant;
import io.mutirao.contracts.secret.SecretView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scopes and grants in PostgreSQL. */
final class ScopeStore {

  private static final String SCOPES =
      "select name, created_by from secret_scope where %s order by scope";

  private static final String GRANTS =
      "select principal, level from secret_grant where scope = lower(?) order by lower(principal)";

  private static final String SECRETS =
      "select key, updated_at from secret where scope = lower(?) order by lower(key)";

  private static final String MAKE =
      """
      with made as (
        insert into secret_scope (scope, name, request, created_by) values (lower(?), ?, ?, ?)
        on conflict do nothing
        returning scope
      )
      insert into secret_grant (scope, principal, level)
      select scope, ?, 'MANAGE' from made
      """;

  private static final String MADE_BY = "select request from secret_scope where scope = lower(?)";

  private static final String DELETE = "delete from secret_scope where scope = lower(?)";

  private static final String GRANT =
      """
      insert into secret_grant (scope, principal, level)
      select scope, ?, ? from secret_scope where scope = lower(?) for share
      on conflict (scope, lower(principal)) do update set level = excluded.level
      """;

  private static final String WITHDRAW =
      "delete from secret_grant where scope = lower(?) and lower(principal) = lower(?)";

  static List<ScopeView> all(Connection db) throws SQLException {
    try (PreparedStatement all = db.prepareStatement(SCOPES.formatted("true"))) {
      return read(db, all);
    }
  }

  static Optional<ScopeView> find(Connection db, String scope) throws SQLException {
    try (PreparedStatement find = db.prepareStatement(SCOPES.formatted("scope = lower(?)"))) {
      find.setString(1, scope);
      return read(db, find).stream().findFirst();
    }
  }

  private static List<ScopeView> read(Connection db, PreparedStatement query) throws SQLException {
    List<ScopeView> scopes = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        String name = rows.getString(1);
        scopes.add(new ScopeView(name, rows.getString(2), grants(db, name), secrets(db, name)));
      }
    }
    return scopes;
  }

  private static List<SecretGrant> grants(Connection db, String scope) throws SQLException {
    try (PreparedStatement find = db.prepareStatement(GRANTS)) {
      find.setString(1, scope);
      List<SecretGrant> grants = new ArrayList<>();
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          grants.add(
              new SecretGrant(rows.getString(1), SecretGrant.Level.valueOf(rows.getString(2))));
        }
      }
      return grants;
    }
  }

  private static List<SecretView> secrets(Connection db, String scope) throws SQLException {
    try (PreparedStatement find = db.prepareStatement(SECRETS)) {
      find.setString(1, scope);
      List<SecretView> secrets = new ArrayList<>();
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          secrets.add(
              new SecretView(
                  rows.getString(1), rows.getObject(2, OffsetDateTime.class).toInstant()));
        }
      }
      return secrets;
    }
  }

  /** False when another request has made it. */
  static boolean make(Connection db, String scope, NewScope order) throws SQLException {
    try (PreparedStatement make = db.prepareStatement(MAKE);
        PreparedStatement madeBy = db.prepareStatement(MADE_BY)) {
      make.setString(1, scope);
      make.setString(2, scope);
      make.setString(3, order.request());
      make.setString(4, order.createdBy());
      make.setString(5, order.manager());
      if (make.executeUpdate() > 0) {
        return true;
      }
      madeBy.setString(1, scope);
      try (ResultSet rows = madeBy.executeQuery()) {
        return rows.next() && order.request().equals(rows.getString(1));
      }
    }
  }

  static void delete(Connection db, String scope) throws SQLException {
    try (PreparedStatement delete = db.prepareStatement(DELETE)) {
      delete.setString(1, scope);
      delete.executeUpdate();
    }
  }

  /** False when there is no such scope. */
  static boolean grant(Connection db, String scope, SecretGrant grant) throws SQLException {
    try (PreparedStatement put = db.prepareStatement(GRANT)) {
      put.setString(1, grant.principal());
      put.setString(2, grant.level().name());
      put.setString(3, scope);
      return put.executeUpdate() > 0;
    }
  }

  static void withdraw(Connection db, String scope, String principal) throws SQLException {
    try (PreparedStatement delete = db.prepareStatement(WITHDRAW)) {
      delete.setString(1, scope);
      delete.setString(2, principal);
      delete.executeUpdate();
    }
  }

  private ScopeStore() {}
}
