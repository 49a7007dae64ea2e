package io.mutirao.benchmarks.stack;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The ends of runs, where they count: in the dispatcher's table. */
public final class FinalStates implements AutoCloseable {

  /**
   * What was seen.
   *
   * @param atNanos {@link System#nanoTime} when the last one was final, or when we gave up
   * @param unfinished runs without a final state, or unknown
   * @param results how many ended how
   */
  public record Ends(long atNanos, int unfinished, Map<String, Long> results) {

    public boolean allSucceeded() {
      return unfinished == 0 && results.keySet().stream().allMatch("SUCCEEDED"::equals);
    }

    @Override
    public String toString() {
      return results.entrySet().stream()
              .map(e -> e.getKey() + "=" + e.getValue())
              .collect(Collectors.joining(" "))
          + (unfinished == 0 ? "" : " unfinished=" + unfinished);
    }
  }

  private static final long LOOK_EVERY_NANOS = 2_000_000;
  private static final String UNFINISHED =
      """
      select id
        from unnest(?::bigint[]) id
       where not exists (
               select from dispatcher.run where run_id = id and ended_at is not null)
      """;
  private static final String RESULTS =
      """
      select result, count(*)
        from dispatcher.run
       where run_id = any (?) and ended_at is not null
       group by result
      """;

  private final Connection connection;

  public FinalStates(String databaseUrl) throws SQLException {
    connection = DriverManager.getConnection(databaseUrl);
  }

  /** Waits until all of these runs are final, but not for longer than {@code patience}. */
  public Ends await(long[] runs, Duration patience) throws SQLException {
    long giveUp = System.nanoTime() + patience.toNanos();
    long[] open = unfinished(runs);
    long seen = System.nanoTime();
    while (open.length > 0 && seen < giveUp) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      open = unfinished(open);
      seen = System.nanoTime();
    }
    return new Ends(seen, open.length, results(runs));
  }

  /** Waits until no run at all is open. */
  public void awaitAll(Duration patience) throws SQLException, IOException {
    long giveUp = System.nanoTime() + patience.toNanos();
    while (count("select count(*) from dispatcher.run where ended_at is null") > 0) {
      if (System.nanoTime() > giveUp) {
        throw new IOException("there are still open runs after " + patience);
      }
      LockSupport.parkNanos(50 * LOOK_EVERY_NANOS);
    }
  }

  /** How many runs this stack has seen. */
  public long runs() throws SQLException {
    return count("select count(*) from dispatcher.run");
  }

  private long count(String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private long[] unfinished(long[] runs) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(UNFINISHED)) {
      query.setArray(1, bigints(runs));
      try (ResultSet rows = query.executeQuery()) {
        var open = LongStream.builder();
        while (rows.next()) {
          open.add(rows.getLong(1));
        }
        return open.build().toArray();
      }
    }
  }

  private Map<String, Long> results(long[] runs) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(RESULTS)) {
      query.setArray(1, bigints(runs));
      try (ResultSet rows = query.executeQuery()) {
        var results = new TreeMap<String, Long>();
        while (rows.next()) {
          results.put(rows.getString(1), rows.getLong(2));
        }
        return results;
      }
    }
  }

  private Array bigints(long[] values) throws SQLException {
    return connection.createArrayOf("bigint", Arrays.stream(values).boxed().toArray());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
