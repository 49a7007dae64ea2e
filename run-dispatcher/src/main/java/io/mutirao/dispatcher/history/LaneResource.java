package io.mutirao.dispatcher.history;

import io.mutirao.contracts.run.LaneBatches;
import io.mutirao.dispatcher.run.RunHistory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Whether anything has changed, for a gateway that remembers what it read. */
@Path("/lanes")
public final class LaneResource {

  private final DataSource database;

  LaneResource(DataSource database) {
    this.database = database;
  }

  /** How many batches each lane has committed, at least those of which anybody has heard. */
  @GET
  @RunOnVirtualThread
  public LaneBatches lanes() throws SQLException {
    try (Connection db = database.getConnection()) {
      return RunHistory.lanes(db);
    }
  }
}
