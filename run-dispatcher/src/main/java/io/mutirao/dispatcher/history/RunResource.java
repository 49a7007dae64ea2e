package io.mutirao.dispatcher.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.job.CreatedLately;
import io.mutirao.contracts.run.FoundRuns;
import io.mutirao.contracts.run.ListedRuns;
import io.mutirao.dispatcher.run.RunHistory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
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
  private final RunHistory history;

  RunResource(DataSource database, RunHistory history) {
    this.database = database;
    this.history = history;
  }

  /**
   * Runs by id; many at once, for a question costs more than a run.
   *
   * @param ids of runs, or of attempts of runs, with commas between them; at most 100
   * @return those that there are and whose jobs were not deleted
   */
  @GET
  @Path("/found")
  @RunOnVirtualThread
  public FoundRuns found(@QueryParam("ids") @DefaultValue("") String ids) throws SQLException {
    List<Long> wanted = Wanted.of(ids, Long::valueOf);
    try (Connection db = database.getConnection()) {
      return history.find(db, wanted);
    }
  }

  /** How many runs of no saved job were accepted within the last hour. */
  @GET
  @Path("/submitted-lately")
  @RunOnVirtualThread
  public CreatedLately submittedLately() throws SQLException {
    try (Connection db = database.getConnection()) {
      return RunHistory.submittedLately(db);
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
  public ListedRuns list(
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
      return history.list(db, query);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage(), e);
    }
  }
}
