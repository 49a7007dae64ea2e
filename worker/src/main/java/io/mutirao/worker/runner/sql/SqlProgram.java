package io.mutirao.worker.runner.sql;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements of one task, in one transaction, and writes what the last query gave. A
 * process of its own, so that it ends with its task whatever it waits for.
 */
public final class SqlProgram {

  private static final int MAX_ROWS = 10_000;
  private static final int MAX_CHARACTERS = 4_000_000;

  /** In the attempt's folder. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(SqlOrder.FILE);
    SqlOrder order = Codec.JSON.readValue(Files.readAllBytes(file), SqlOrder.class);
    Files.delete(file);
    System.exit(run(order, System.out, System.err) ? 0 : 1);
  }

  private static boolean run(SqlOrder order, PrintStream out, PrintStream err) throws IOException {
    Properties how = new Properties();
    if (!order.user().isEmpty()) {
      how.put("user", order.user());
      how.put("password", order.password());
    }
    how.put("stringtype", "unspecified"); // parameters are texts; the database knows their types
    how.put("ApplicationName", "mutirao task");
    try (Connection db = DriverManager.getConnection(order.url(), how)) {
      db.setAutoCommit(false);
      ObjectNode result = Codec.JSON.createObjectNode();
      for (SqlText statement : SqlText.statements(order.text())) {
        String missing = missing(statement, order);
        if (missing != null) {
          err.println("The parameter :" + missing + " has no value");
          return false;
        }
        execute(db, statement, order, result, out);
      }
      db.commit();
      Files.writeString(Path.of(SqlOrder.RESULT), result.toString());
      return true;
    } catch (SQLException e) {
      err.println(String.valueOf(e.getMessage()).replace('\n', ' '));
      return false;
    }
  }

  private static @Nullable String missing(SqlText statement, SqlOrder order) {
    return statement.names().stream()
        .filter(name -> !order.parameters().containsKey(name))
        .findFirst()
        .orElse(null);
  }

  private static void execute(
      Connection db, SqlText statement, SqlOrder order, ObjectNode result, PrintStream out)
      throws SQLException {
    List<String> names = statement.names();
    try (PreparedStatement prepared = db.prepareStatement(statement.sql())) {
      for (int i = 0; i < names.size(); i++) {
        prepared.setString(i + 1, order.parameters().get(names.get(i)));
      }
      prepared.setFetchSize(1_000);
      if (prepared.execute()) {
        try (ResultSet rows = prepared.getResultSet()) {
          result.removeAll();
          read(rows, result);
        }
        out.println(
            result.path("rows").size()
                + (result.path("truncated").asBoolean() ? " rows and more" : " rows"));
      } else {
        out.println(prepared.getUpdateCount() + " rows changed");
      }
    }
  }

  private static void read(ResultSet rows, ObjectNode result) throws SQLException {
    ResultSetMetaData about = rows.getMetaData();
    ArrayNode columns = result.putArray("columns");
    for (int i = 1; i <= about.getColumnCount(); i++) {
      columns
          .addObject()
          .put("name", about.getColumnLabel(i))
          .put("type", about.getColumnTypeName(i));
    }
    ArrayNode all = result.putArray("rows");
    long characters = 0;
    while (rows.next()) {
      if (all.size() == MAX_ROWS || characters > MAX_CHARACTERS) {
        result.put("truncated", true);
        return;
      }
      ArrayNode row = all.addArray();
      for (int i = 1; i <= about.getColumnCount(); i++) {
        String value = rows.getString(i);
        row.add(value);
        characters += value == null ? 4 : value.length();
      }
    }
    result.put("truncated", false);
  }

  private SqlProgram() {}
}
