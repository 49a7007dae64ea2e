package io.mutirao.dispatcher.history;

import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs, for the gateway. Runs of deleted jobs are hidden. */
@Path("/runs")
public final class RunResource {

  /** The most runs of one page. */
  private static final int MAX_LIMIT = 1_000;

  private final DataSource database;

  RunResource(DataSource database) {
    this.database = database;
  }

  /**
   * One run.
   *
   * @param id of the run, or of its attempt
   * @throws NotFoundException when there is none, or its job was deleted
   */
  @GET
  @Path("/{id}")
  @RunOnVirtualThread
  public RunView get(@PathParam("id") long id) throws SQLException {
    try (Connection db = database.getConnection()) {
      return HistoryStore.find(db, id).orElseThrow(NotFoundException::new);
    }
  }

  /**
   * Some runs, newest first.
   *
   * @param job only of this job; absent: of all
   * @param active true: only those that are not over; false: only those that are; absent: both
   * @param limit from 1 to 1000
   */
  @GET
  @RunOnVirtualThread
  public RunPage list(
      @QueryParam("job") @Nullable Long job,
      @QueryParam("active") @Nullable Boolean active,
      @QueryParam("limit") @DefaultValue("20") int limit,
      @QueryParam("offset") @DefaultValue("0") int offset)
      throws SQLException {
    int most = Math.clamp(limit, 1, MAX_LIMIT);
    try (Connection db = database.getConnection()) {
      return HistoryStore.page(db, job, active, most, Math.max(0, offset));
    }
  }
}
