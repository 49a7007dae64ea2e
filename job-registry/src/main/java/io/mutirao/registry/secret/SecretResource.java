package io.mutirao.registry.secret;

import io.mutirao.contracts.secret.SealedSecret;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Sealed secrets, for the gateway, and for workers on behalf of a run. */
@Path("/secret-scopes/{scope}/secrets/{key}")
@RunOnVirtualThread
public final class SecretResource {

  private final DataSource database;

  SecretResource(DataSource database) {
    this.database = database;
  }

  @GET
  public SealedSecret secret(@PathParam("scope") String scope, @PathParam("key") String key)
      throws SQLException {
    try (Connection db = database.getConnection()) {
      return SecretStore.find(db, scope, key).orElseThrow(NotFoundException::new);
    }
  }

  /**
   * A secret for a run. 403 when it may not read the scope, also when there is none: who may not
   * look must not learn.
   *
   * @param user as whom the run acts; null: the owner of its job
   */
  @GET
  @Path("for-run")
  public SealedSecret secretForRun(
      @PathParam("scope") String scope,
      @PathParam("key") String key,
      @QueryParam("job") long job,
      @QueryParam("as") @Nullable String user)
      throws SQLException {
    try (Connection db = database.getConnection()) {
      if (!SecretStore.mayRead(db, scope, job, user)) {
        throw new ForbiddenException();
      }
      return SecretStore.find(db, scope, key).orElseThrow(NotFoundException::new);
    }
  }

  /** 404 when there is no such scope. */
  @PUT
  public SealedSecret put(
      @PathParam("scope") String scope, @PathParam("key") String key, SealedSecret secret)
      throws SQLException {
    try (Connection db = database.getConnection()) {
      if (!SecretStore.put(db, scope, key, secret.sealed())) {
        throw new NotFoundException();
      }
      return secret;
    }
  }

  @DELETE
  public void delete(@PathParam("scope") String scope, @PathParam("key") String key)
      throws SQLException {
    try (Connection db = database.getConnection()) {
      SecretStore.delete(db, scope, key);
    }
  }
}
