package io.mutirao.registry.secret;

import io.mutirao.contracts.secret.ScopeView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a run may read, for workers: scopes and the keys in them. */
@Path("/secret-scopes-of-run")
@RunOnVirtualThread
public final class ReadableScopesResource {

  private final DataSource database;

  ReadableScopesResource(DataSource database) {
    this.database = database;
  }

  @GET
  public ScopeResource.Scopes scopes(
      @QueryParam("job") long job, @QueryParam("as") @Nullable String user) throws SQLException {
    try (Connection db = database.getConnection()) {
      List<ScopeView> readable = new ArrayList<>();
      for (ScopeView scope : ScopeStore.all(db)) {
        if (SecretStore.mayRead(db, scope.name(), job, user)) {
          readable.add(scope);
        }
      }
      return new ScopeResource.Scopes(readable);
    }
  }
}
