package io.mutirao.systemtests.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The stack's database, seen by its administrator. */
public record Database(String url) {

  /** Makes something of a row. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  public <T> List<T> list(String query, Row<T> row, Object... parameters) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<T> all = new ArrayList<>();
        while (rows.next()) {
          all.add(row.read(rows));
        }
        return all;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /** Statements without an answer, several separated by semicolons: they are one transaction. */
  public void execute(String statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    } catch (SQLException e) {
      throw new IllegalStateException(statements, e);
    }
  }

  public long number(String query, Object... parameters) {
    return list(query, row -> row.getLong(1), parameters).getFirst();
  }
}
