package io.mutirao.worker.runner.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements of one task, in one transaction, and writes what the last query gave. A
 * process of its own, so that it ends with its task whatever it waits for; what it waits for ends
 * in the database, too.
 */
public final class SqlProgram {

  /** Nobody reads it, and it would keep each notice of the database. */
  private static final Logger LOG_OF_THE_DRIVER = Logger.getLogger("org.postgresql");

  /**
   * How many bytes of what the database says are still printed; beyond what is kept it is not worth
   * the way. Less than 0: so many were printed that the log is seen to be cut.
   */
  private static long room;

  /** In the database, at this moment. */
  private static volatile @Nullable Statement running;

  /** In the attempt's folder. */
  public static void main(String[] arguments) throws IOException {
    LOG_OF_THE_DRIVER.setLevel(Level.OFF);
    Path file = Path.of(SqlOrder.FILE);
    SqlOrder order = SqlOrder.read(file);
    Files.delete(file);
    room = order.kept();
    Runtime.getRuntime().addShutdownHook(new Thread(SqlProgram::cancel));
    System.exit(run(order, System.out, System.err) ? 0 : 1);
  }

  private static boolean run(SqlOrder order, PrintStream out, PrintStream err) throws IOException {
    try (Connection db = DriverManager.getConnection(order.url(), how(order))) {
      endWithThisProgram(db);
      db.setAutoCommit(false);
      SqlResult result = new SqlResult(Path.of(SqlOrder.RESULT));
      for (SqlText statement : SqlText.statements(order.text())) {
        String missing = missing(statement, order);
        if (missing != null) {
          err.println("The parameter :" + missing + " has no value");
          return false;
        }
        execute(db, statement, order, result, out);
      }
      db.commit();
      result.keep();
      return true;
    } catch (SQLException e) {
      err.println(words(e));
      return false;
    }
  }

  private static Properties how(SqlOrder order) {
    Properties how = new Properties();
    if (!order.user().isEmpty()) {
      how.put("user", order.user());
      how.put("password", order.password());
    }
    how.put("stringtype", "unspecified"); // parameters are texts; the database knows their types
    how.put("ApplicationName", "mutirao task");
    how.put("socketFactory", AttentiveSockets.class.getName());
    // So many rows are fetched at a time that they fit into this much memory, however wide.
    how.put("adaptiveFetch", "true");
    how.put("maxResultBuffer", "32M");
    how.put("defaultRowFetchSize", "10"); // the first time, when nobody knows how wide they are
    how.put("adaptiveFetchMaximum", "1000");
    return how;
  }

  /** What the database would not notice by itself: a statement goes on when its client is gone. */
  private static void endWithThisProgram(Connection db) {
    try (Statement setting = db.createStatement()) {
      setting.execute("set client_connection_check_interval = '2s'");
    } catch (SQLException _) {
      // PostgreSQL knows it from version 14 on, and not on each system; the rest works without.
    }
  }

  /** Prints what the database has said (RAISE NOTICE) since the last time. */
  static void tell() throws SQLException {
    Statement statement = running;
    if (statement == null || statement.isClosed()) {
      return;
    }
    SQLWarning said = statement.getWarnings();
    statement.clearWarnings();
    for (; said != null && room >= 0; said = said.getNextWarning()) {
      byte[] line = (said.getMessage() + "\n").getBytes(UTF_8);
      System.out.write(line, 0, line.length); // at once: it may be long
      room -= line.length;
    }
    System.out.flush();
  }

  private static void cancel() {
    Statement statement = running;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        System.err.println("The statement could not be cancelled: " + e.getMessage());
      }
    }
  }

  /** In one line, as it becomes the message of the run. */
  private static String words(SQLException e) {
    String message = String.valueOf(e.getMessage()).replaceAll("\\s*\n\\s*", " ");
    return e.getSQLState() == null ? message : message + " SQLSTATE: " + e.getSQLState();
  }

  private static @Nullable String missing(SqlText statement, SqlOrder order) {
    return statement.names().stream()
        .filter(name -> !order.parameters().containsKey(name))
        .findFirst()
        .orElse(null);
  }

  private static void execute(
      Connection db, SqlText statement, SqlOrder order, SqlResult result, PrintStream out)
      throws SQLException, IOException {
    List<String> names = statement.names();
    try (PreparedStatement prepared = db.prepareStatement(statement.sql())) {
      for (int i = 0; i < names.size(); i++) {
        prepared.setString(i + 1, order.parameters().get(names.get(i)));
      }
      running = prepared;
      boolean isQuery = prepared.execute();
      tell();
      if (isQuery) {
        try (ResultSet rows = prepared.getResultSet()) {
          out.println(result.read(rows));
        }
      } else {
        out.println(prepared.getUpdateCount() + " rows changed");
      }
    } finally {
      tell();
      running = null;
    }
  }

  private SqlProgram() {}
}
