package io.mutirao.registry.job;

import io.mutirao.contracts.job.JobView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Saved jobs, for the other services: what is there now, deleted ones left out. */
@Path("/jobs")
@RunOnVirtualThread
public final class JobResource {

  /** All jobs, by id. */
  public record Jobs(List<JobView> jobs) {}

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

  @GET
  public Jobs jobs() throws SQLException {
    try (Connection db = database.getConnection()) {
      return new Jobs(JobStore.all(db));
    }
  }
}
