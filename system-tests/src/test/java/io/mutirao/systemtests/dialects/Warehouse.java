package io.mutirao.systemtests.dialects;

import io.mutirao.systemtests.stack.Mutirao;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The stack's own database, where SQL tasks look for the warehouse {@code reports-1}. */
record Warehouse(Mutirao mutirao, Forwarder forwarder) implements AutoCloseable {

  static Warehouse open(Mutirao mutirao) throws IOException, SQLException {
    try (Connection db = mutirao.database().connect();
        Statement make = db.createStatement()) {
      make.execute(
          "do $$ begin create role reporter login password 'geheim';"
              + " exception when duplicate_object then null; end $$;"
              + " grant connect, temporary on database mutirao to reporter");
    }
    int port = URI.create(mutirao.database().url().substring("jdbc:".length())).getPort();
    return new Warehouse(mutirao, Forwarder.open(mutirao.warehousePort(), port));
  }

  /** How many statements of tasks it carries out at this moment. */
  long statements() {
    return mutirao
        .database()
        .number(
            "select count(*) from pg_stat_activity where application_name = 'mutirao task'"
                + " and state = 'active'");
  }

  @Override
  public void close() throws IOException {
    forwarder.close();
  }
}
