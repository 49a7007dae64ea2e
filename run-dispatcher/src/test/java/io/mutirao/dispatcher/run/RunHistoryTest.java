package io.mutirao.dispatcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.launcher.data.DataFolder;
import io.mutirao.launcher.data.Ports;
import io.mutirao.launcher.postgres.Postgres;
import io.mutirao.launcher.postgres.PostgresBinaries;
import io.mutirao.launcher.process.Supervised;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many runs a page has the database look at, in a real PostgreSQL with many of them. */
final class RunHistoryTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** As the service connects (decision 0008). */
  private static final String AS_THE_SERVICE =
      "&prepareThreshold=1&options=-c%20plan_cache_mode=force_generic_plan"
          + "%20-c%20enable_seqscan=off%20-c%20enable_hashjoin=off%20-c%20enable_mergejoin=off";

  private static final long OLD = 1; // a saved job: 20,000 runs are over, one is not
  private static final long CROWDED = 2; // a saved job: 5,000 queued runs, all newer
  private static final long FIRST_SUBMITTED = 1_000_001; // 10,000 jobs of one run each
  private static final int LIMIT = 20;

  /** A page, one more to know whether there are others, and what says of which type a job is. */
  private static final int FEW = LIMIT + 2;

  @TempDir static Path folder;

  private static DataFolder data;
  private static Supervised process;
  private static String url;

  @BeforeAll
  static void fill() throws Exception {
    data = DataFolder.open(folder);
    Path binaries = Path.of("..", ".build").toAbsolutePath().normalize();
    Postgres server =
        Postgres.in(
            PostgresBinaries.in(binaries), data, Ports.in(data).get("postgres"), "test-only");
    server.initialise();
    process = new Supervised(server.spec(data.log("postgres")), new Deaf());
    process.start();
    process.awaitReady(PATIENCE);
    url = server.url("postgres") + AS_THE_SERVICE;
    Flyway.configure()
        .dataSource(server.url("postgres"), null, null)
        .locations("db/lane", "db/migration")
        .load()
        .migrate();
    try (Connection db = DriverManager.getConnection(url)) {
      jobs(db);
      runs(db, 1, 20_000, "1", "FINISHED", false);
      runs(db, 20_001, 20_001, "1", "QUEUED", false);
      runs(db, 20_002, 30_001, "1000001 + n - 20002", "FINISHED", true);
      runs(db, 30_002, 35_001, "2", "QUEUED", false);
      try (Statement known = db.createStatement()) {
        known.execute("vacuum analyze");
      }
    }
  }

  private static void jobs(Connection db) throws SQLException {
    JobDefinition job =
        JobDefinition.of(
            "n",
            List.of(Task.of("main", "noop", JsonNodeFactory.instance.objectNode())),
            "databricks",
            JsonNodeFactory.instance.objectNode());
    try (PreparedStatement add =
        db.prepareStatement(
            """
            with one as (
              select n from generate_series(1, 2) n
              union all select n from generate_series(1000001, 1010000) n),
            known as (insert into job select n, 1, false, 1 from one)
            insert into job_version select n, 1, ?::json from one
            """)) {
      add.setString(1, Sql.json(job));
      add.execute();
    }
  }

  private static void runs(
      Connection db, int first, int last, String job, String phase, boolean submitted)
      throws SQLException {
    boolean over = phase.equals("FINISHED");
    try (Statement add = db.createStatement()) {
      add.execute(
          """
          insert into run (run_id, lane, job_id, version, number_in_job, submitted, own_task,
              command_id, request, requested_by, created_at, timeout_seconds, phase, sequence,
              repair, warned, attempt_id, cause, message, result, ended_at)
          select n, 0, %s, 1, 1, %s, true, 'c' || n, '{}', 'ana', to_timestamp(n), 0, '%s', 1,
              0, false, n, %s, '', %s, %s
            from generate_series(%d, %d) n
          """
              .formatted(
                  job,
                  submitted,
                  phase,
                  over ? "'DONE'" : "null",
                  over ? "'SUCCEEDED'" : "null",
                  over ? "to_timestamp(n)" : "null",
                  first,
                  last));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    process.stop();
    data.close();
  }

  /**
   * A page, and how many runs the database took from the table for it.
   *
   * @param runs that are on the page
   */
  private record Looked(int runs, long at) {}

  private static Looked look(
      @Nullable Long job, @Nullable Boolean active, @Nullable Boolean submitted) throws Exception {
    try (Connection db = DriverManager.getConnection(url)) {
      db.setAutoCommit(false); // the counters are those of a transaction
      RunPage page =
          new RunHistory()
              .list(db, new RunHistory.Query(job, active, submitted, null, null, null, LIMIT, 0))
              .page();
      try (Statement count = db.createStatement();
          ResultSet row =
              count.executeQuery(
                  "select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables"
                      + " where relname = 'run'")) {
        row.next();
        return new Looked(page.runs().size(), row.getLong(1));
      }
    }
  }

  private static void looksAtFew(
      int runs, @Nullable Long job, @Nullable Boolean active, @Nullable Boolean submitted)
      throws Exception {
    Looked looked = look(job, active, submitted);
    assertThat(looked.runs()).isEqualTo(runs);
    assertThat(looked.at()).isBetween((long) runs, (long) FEW);
  }

  @Test
  void aPageOfAllRunsAndOfOneJobLooksAtFew() throws Exception {
    looksAtFew(LIMIT, null, null, null);
    looksAtFew(LIMIT, OLD, null, null);
    looksAtFew(LIMIT, OLD, false, null);
    looksAtFew(LIMIT, null, null, true);
  }

  @Test
  void activeRunsAreNotLookedForAmongThoseThatAreOver() throws Exception {
    looksAtFew(LIMIT, null, true, null);
    looksAtFew(LIMIT, CROWDED, true, null);
  }

  @Test
  void activeRunsOfOneJobAreNotLookedForAmongThoseOfOthers() throws Exception {
    looksAtFew(1, OLD, true, null);
  }

  @Test
  void theSubmittedRunsOfOneJobAreNotLookedForAmongThoseOfOthers() throws Exception {
    looksAtFew(1, FIRST_SUBMITTED, null, true);
    looksAtFew(0, OLD, null, true);
    looksAtFew(0, FIRST_SUBMITTED, null, false);
    looksAtFew(LIMIT, OLD, null, false);
  }

  /** Nobody listens to how the server is. */
  private static final class Deaf implements Supervised.Observer {
    @Override
    public void changed() {}

    @Override
    public void says(String words) {}
  }
}
