package io.mutirao.registry.job;

import io.mutirao.contracts.access.JobAccess;
import io.mutirao.contracts.job.CreatedLately;
import io.mutirao.contracts.job.JobPage;
import io.mutirao.contracts.job.JobView;
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
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Saved jobs, for the other services: what is there now, deleted ones left out. */
@Path("/jobs")
@RunOnVirtualThread
public final class JobResource {

  private final DataSource database;

  JobResource(DataSource database) {
    this.database = database;
  }

  @GET
  @Path("{id}")
  public JobView job(@PathParam("id") long id) throws SQLException {
    try (Connection db = database.getConnection()) {
      return JobStore.find(db, id)
          .orElseThrow(() -> new NotFoundException("There is no job " + id));
    }
  }

  /** How many were created within the last hour, those that are deleted again included. */
  @GET
  @Path("created-lately")
  public CreatedLately createdLately() throws SQLException {
    try (Connection db = database.getConnection()) {
      return JobStore.createdLately(db);
    }
  }

  @GET
  @Path("{id}/access")
  public JobAccess access(@PathParam("id") long id) throws SQLException {
    try (Connection db = database.getConnection()) {
      return GrantStore.of(db, id)
          .map(JobAccess::new)
          .orElseThrow(() -> new NotFoundException("There is no job " + id));
    }
  }

  /** Of some jobs those that a user may see. */
  @GET
  @Path("visible")
  public JobAccess.Visible visible(@QueryParam("as") String as, @QueryParam("job") List<Long> jobs)
      throws SQLException {
    try (Connection db = database.getConnection()) {
      return new JobAccess.Visible(GrantStore.visible(db, jobs, as));
    }
  }

  /** A page of them, by id; 400 for a page or a number that no page has. */
  @GET
  public JobPage jobs(
      @QueryParam("limit") @DefaultValue("20") int limit,
      @QueryParam("page") @Nullable String page,
      @QueryParam("offset") @DefaultValue("0") int offset,
      @QueryParam("name") @Nullable String name,
      @QueryParam("as") @Nullable String as)
      throws SQLException {
    if (limit < 1 || limit > JobQuery.MAX_LIMIT) {
      throw new BadRequestException("limit: from 1 to " + JobQuery.MAX_LIMIT);
    }
    if (offset < 0 || offset > JobQuery.MAX_OFFSET) {
      throw new BadRequestException("offset: from 0 to " + JobQuery.MAX_OFFSET);
    }
    JobQuery.From from =
        JobQuery.from(page).orElseThrow(() -> new BadRequestException("page: there is none such"));
    JobQuery query = new JobQuery(name, as, from, offset, limit);
    try (Connection db = database.getConnection()) {
      return query.page(JobStore.page(db, query));
    }
  }
}
