package io.mutirao.dispatcher.history;

import io.mutirao.contracts.job.DefinedVersions;
import io.mutirao.contracts.job.JobVersion;
import io.mutirao.dispatcher.run.RunHistory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** What runs were started with, for the gateway. A version never changes: it asks once. */
@Path("/definitions")
public final class DefinitionResource {

  private final DataSource database;
  private final RunHistory history;

  DefinitionResource(DataSource database, RunHistory history) {
    this.database = database;
    this.history = history;
  }

  /**
   * Definitions.
   *
   * @param versions for example {@code 44.1,45.7}; at most 100
   * @return those that there are
   */
  @GET
  @RunOnVirtualThread
  public DefinedVersions definitions(@QueryParam("versions") @DefaultValue("") String versions)
      throws SQLException {
    List<JobVersion> wanted = Wanted.of(versions, JobVersion::parse);
    try (Connection db = database.getConnection()) {
      return history.definitions(db, wanted);
    }
  }
}
