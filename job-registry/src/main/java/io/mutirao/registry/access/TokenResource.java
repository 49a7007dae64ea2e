package io.mutirao.registry.access;

import io.mutirao.contracts.access.NewToken;
import io.mutirao.contracts.access.TokenHolder;
import io.mutirao.contracts.access.TokenView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Tokens, for the gateway, which makes them and knows them by their hash. */
@Path("/tokens")
@RunOnVirtualThread
public final class TokenResource {

  /** Tokens, oldest first. */
  public record Tokens(List<TokenView> tokens) {}

  private final DataSource database;

  TokenResource(DataSource database) {
    this.database = database;
  }

  @GET
  @Path("holder/{hash}")
  public TokenHolder holder(@PathParam("hash") String hash) throws SQLException {
    try (Connection db = database.getConnection()) {
      return TokenStore.holder(db, hash).orElseThrow(NotFoundException::new);
    }
  }

  @GET
  public Tokens tokens(@QueryParam("user") @Nullable String user) throws SQLException {
    try (Connection db = database.getConnection()) {
      return new Tokens(user == null ? TokenStore.all(db) : TokenStore.of(db, user));
    }
  }

  @GET
  @Path("{id}")
  public TokenView token(@PathParam("id") String id) throws SQLException {
    try (Connection db = database.getConnection()) {
      return TokenStore.find(db, id).orElseThrow(NotFoundException::new);
    }
  }

  /** 404 when there is no user of that name. */
  @PUT
  @Path("{id}")
  public TokenView save(@PathParam("id") String id, NewToken token) throws SQLException {
    try (Connection db = database.getConnection()) {
      TokenStore.save(db, token);
      return TokenStore.find(db, id).orElseThrow(NotFoundException::new);
    }
  }

  @DELETE
  @Path("{id}")
  public void delete(@PathParam("id") String id) throws SQLException {
    try (Connection db = database.getConnection()) {
      TokenStore.delete(db, id);
    }
  }
}
