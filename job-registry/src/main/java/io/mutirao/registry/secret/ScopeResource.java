package io.mutirao.registry.secret;

import io.mutirao.contracts.secret.NewScope;
import io.mutirao.contracts.secret.ScopeView;
import io.mutirao.contracts.secret.SecretGrant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Scopes of secrets and who may use them, for the gateway. Each request may be sent twice. */
@Path("/secret-scopes")
@RunOnVirtualThread
public final class ScopeResource {

  /** Scopes, by name. */
  public record Scopes(List<ScopeView> scopes) {}

  private final DataSource database;

  ScopeResource(DataSource database) {
    this.database = database;
  }

  @GET
  public Scopes scopes() throws SQLException {
    try (Connection db = database.getConnection()) {
      return new Scopes(ScopeStore.all(db));
    }
  }

  @GET
  @Path("{scope}")
  public ScopeView scope(@PathParam("scope") String scope) throws SQLException {
    try (Connection db = database.getConnection()) {
      return ScopeStore.find(db, scope).orElseThrow(NotFoundException::new);
    }
  }

  /** 409 when another request made one of that name. */
  @PUT
  @Path("{scope}")
  public ScopeView make(@PathParam("scope") String scope, NewScope order) throws SQLException {
    try (Connection db = database.getConnection()) {
      if (!ScopeStore.make(db, scope, order)) {
        String why = "Scope " + scope + " already exists!";
        throw new ClientErrorException(
            Response.status(409).type(MediaType.TEXT_PLAIN_TYPE).entity(why).build());
      }
      return ScopeStore.find(db, scope).orElseThrow(NotFoundException::new);
    }
  }

  /** With its secrets. */
  @DELETE
  @Path("{scope}")
  public void delete(@PathParam("scope") String scope) throws SQLException {
    try (Connection db = database.getConnection()) {
      ScopeStore.delete(db, scope);
    }
  }

  @PUT
  @Path("{scope}/grants/{principal}")
  public SecretGrant grant(
      @PathParam("scope") String scope, @PathParam("principal") String principal, SecretGrant grant)
      throws SQLException {
    try (Connection db = database.getConnection()) {
      SecretGrant named = new SecretGrant(principal, grant.level());
      if (!ScopeStore.grant(db, scope, named)) {
        throw new NotFoundException();
      }
      return named;
    }
  }

  @DELETE
  @Path("{scope}/grants/{principal}")
  public void withdraw(@PathParam("scope") String scope, @PathParam("principal") String principal)
      throws SQLException {
    try (Connection db = database.getConnection()) {
      ScopeStore.withdraw(db, scope, principal);
    }
  }
}
