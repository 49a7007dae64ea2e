package io.mutirao.benchmarks.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.LongStream;

/**
 * Finished runs that nobody ran, put into the dispatcher's table for as long as this is open: each
 * is one that was run, at another time and under another id.
 */
public final class History implements AutoCloseable {

  private static final String FILL =
      """
      insert into dispatcher.run
      select copied.*
        from dispatcher.run known
        cross join generate_series(?::bigint, ?::bigint) as nth
        cross join lateral jsonb_populate_record(
          known,
          jsonb_build_object(
            'run_id', ? + nth * ?,
            'command_id', 'bench history ' || nth,
            'number_in_job', 1000000000 + nth,
            'created_at', known.created_at - nth * interval '4 seconds')) as copied
       where known.run_id = ?
      """;

  private static final String EMPTY =
      "delete from dispatcher.run where command_id like 'bench history %'";

  private final Connection connection;
  private final long known;
  private final int lanes;
  private final long first;
  private long rows;

  /**
   * None yet.
   *
   * @param known a finished run
   */
  public History(String databaseUrl, long known, int lanes) throws SQLException {
    this.connection = DriverManager.getConnection(databaseUrl);
    this.known = known;
    this.lanes = lanes;
    // Of the same lane, and from the upper half of all ids: no run is given one of those.
    this.first = (1L << 52) / lanes * lanes + known % lanes;
    empty();
  }

  /** Makes them as many. */
  public void fill(long wanted) throws SQLException {
    try (PreparedStatement fill = connection.prepareStatement(FILL)) {
      fill.setLong(1, rows + 1);
      fill.setLong(2, wanted);
      fill.setLong(3, first);
      fill.setInt(4, lanes);
      fill.setLong(5, known);
      fill.executeUpdate();
    }
    rows = wanted;
    settle();
  }

  /** So many of them, from all over. */
  public long[] some(int count) {
    return LongStream.range(0, count).map(n -> first + (1 + n * rows / count) * lanes).toArray();
  }

  /** Whose runs they are. */
  public long job() throws SQLException {
    try (PreparedStatement job =
        connection.prepareStatement("select job_id from dispatcher.run where run_id = ?")) {
      job.setLong(1, known);
      try (ResultSet row = job.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void empty() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(EMPTY);
    }
    rows = 0;
    settle();
  }

  /** A history is old: nothing of it waits to be written. */
  private void settle() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("vacuum analyze dispatcher.run");
      statement.execute("checkpoint");
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      empty();
    }
  }
}
