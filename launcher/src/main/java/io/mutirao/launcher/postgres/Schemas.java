package io.mutirao.launcher.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** One database, and in it a role with a schema for each service; none sees another's. */
public final class Schemas {

  public static final String DATABASE = "mutirao";

  /** Makes what is missing. Can be repeated. */
  public static void create(Postgres postgres, Map<String, String> passwordsByRole)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgres.url("postgres"));
        Statement statement = connection.createStatement()) {
      if (!exists(statement, "select from pg_database where datname = '" + DATABASE + "'")) {
        statement.execute("create database " + DATABASE);
      }
      for (var role : passwordsByRole.entrySet()) {
        if (!exists(statement, "select from pg_roles where rolname = '" + role.getKey() + "'")) {
          statement.execute("create role " + role.getKey() + " login");
        }
        statement.execute("alter role %s password '%s'".formatted(role.getKey(), role.getValue()));
      }
    }
    try (Connection connection = DriverManager.getConnection(postgres.url(DATABASE));
        Statement statement = connection.createStatement()) {
      statement.execute("revoke all on database " + DATABASE + " from public");
      statement.execute("revoke all on schema public from public");
      for (String role : passwordsByRole.keySet()) {
        statement.execute("grant connect on database %s to %s".formatted(DATABASE, role));
        statement.execute("create schema if not exists %1$s authorization %1$s".formatted(role));
        statement.execute("alter role %1$s set search_path = %1$s".formatted(role));
      }
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (var rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private Schemas() {}
}
