package io.mutirao.dispatcher.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import io.mutirao.dispatcher.run.RunHistory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs, for the gateway. Runs of deleted jobs are hidden. */
@Path("/runs")
public final class RunResource {

  /** The most runs of one page. */
  private static final int MAX_LIMIT = 1_000;

  /** The most runs that are left out (Jobs API 2.1, Runs list, offset). */
  private static final int MAX_OFFSET = 10_000;

  private final DataSource database;

  RunResource(DataSource database) {
    this.database = database;
  }

  /**
   * One run.
   *
   * @param id of the run, or of one of its attempts
   * @throws NotFoundException when there is none, or its job was deleted
   */
  @GET
  @Path("/{id}")
  @RunOnVirtualThread
  public RunView get(@PathParam("id") long id) throws SQLException {
    try (Connection db = database.getConnection()) {
      return RunHistory.find(db, id).orElseThrow(NotFoundException::new);
    }
  }

  /**
   * What the tasks of a run that are over told the others: values by key, by key of the task;
   * nothing when there is no such run.
   */
  @GET
  @Path("/{id}/values")
  @RunOnVirtualThread
  public Map<String, JsonNode> values(@PathParam("id") long id) throws SQLException {
    try (Connection db = database.getConnection()) {
      return RunHistory.told(db, id);
    }
  }

  /**
   * Some runs, newest first.
   *
   * @param job only of this job; absent: of all
   * @param active true: only those that are not over; false: only those that are; absent: both
   * @param submitted true: only those of no saved job; false: only those of one; absent: both
   * @param from accepted then or later, milliseconds since 1970
   * @param to accepted then or earlier, milliseconds since 1970
   * @param page as another page gave it
   * @param limit from 1 to 1000
   * @param offset from 0 to 10000
   * @throws BadRequestException when {@code page} is none of ours
   */
  @GET
  @RunOnVirtualThread
  public RunPage list(
      @QueryParam("job") @Nullable Long job,
      @QueryParam("active") @Nullable Boolean active,
      @QueryParam("submitted") @Nullable Boolean submitted,
      @QueryParam("from") @Nullable Long from,
      @QueryParam("to") @Nullable Long to,
      @QueryParam("page") @Nullable String page,
      @QueryParam("limit") @DefaultValue("20") int limit,
      @QueryParam("offset") @DefaultValue("0") int offset)
      throws SQLException {
    RunHistory.Query query =
        new RunHistory.Query(
            job,
            active,
            submitted,
            from == null ? null : Instant.ofEpochMilli(from),
            to == null ? null : Instant.ofEpochMilli(to),
            page,
            Math.clamp(limit, 1, MAX_LIMIT),
            Math.clamp(offset, 0, MAX_OFFSET));
    try (Connection db = database.getConnection()) {
      return RunHistory.page(db, query);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage(), e);
    }
  }
}
