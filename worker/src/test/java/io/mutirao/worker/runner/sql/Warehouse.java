package io.mutirao.worker.runner.sql;

import io.mutirao.launcher.data.DataFolder;
import io.mutirao.launcher.data.Ports;
import io.mutirao.launcher.postgres.Postgres;
import io.mutirao.launcher.postgres.PostgresBinaries;
import io.mutirao.launcher.process.Supervised;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** A real PostgreSQL that SQL tasks know as {@code reports}. */
final class Warehouse {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final DataFolder folder;
  private final Postgres server;
  private final Supervised process;

  Warehouse(Path in) throws Exception {
    folder = DataFolder.open(in);
    Path binaries = Path.of("..", ".build").toAbsolutePath().normalize();
    server =
        Postgres.in(
            PostgresBinaries.in(binaries), folder, Ports.in(folder).get("postgres"), "test-only");
    server.initialise();
    process =
        new Supervised(
            server.spec(folder.log("postgres")),
            new Supervised.Observer() {
              @Override
              public void changed() {}

              @Override
              public void says(String words) {}
            });
    process.start();
    process.awaitReady(PATIENCE);
  }

  Warehouses asConfigured() {
    return new Warehouses(Map.of("MUTIRAO_WAREHOUSE_REPORTS_URL", server.url("postgres")));
  }

  /** How many statements of tasks it carries out at this moment. */
  int statements() throws SQLException {
    try (Connection db = DriverManager.getConnection(server.url("postgres"));
        Statement ask = db.createStatement();
        ResultSet count =
            ask.executeQuery(
                "select count(*) from pg_stat_activity where application_name = 'mutirao task'"
                    + " and state = 'active'")) {
      count.next();
      return count.getInt(1);
    }
  }

  void stop() throws Exception {
    process.stop();
    folder.close();
  }
}
