package io.mutirao.registry.access;

import io.mutirao.contracts.access.UserView;
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

/** Users, for the gateway. Each request may be sent twice. */
@Path("/users")
@RunOnVirtualThread
public final class UserResource {

  /** Users, by id. */
  public record Users(List<UserView> users) {}

  /** Names of users who were deleted. */
  public record Former(List<String> names) {}

  private final DataSource database;

  UserResource(DataSource database) {
    this.database = database;
  }

  @GET
  public Users users(@QueryParam("name") @Nullable String name) throws SQLException {
    try (Connection db = database.getConnection()) {
      return new Users(
          name == null ? UserStore.all(db) : UserStore.named(db, name).stream().toList());
    }
  }

  @GET
  @Path("former")
  public Former former() throws SQLException {
    try (Connection db = database.getConnection()) {
      return new Former(UserStore.former(db));
    }
  }

  @GET
  @Path("{id}")
  public UserView user(@PathParam("id") long id) throws SQLException {
    try (Connection db = database.getConnection()) {
      return UserStore.find(db, id)
          .orElseThrow(() -> new NotFoundException("There is no user " + id));
    }
  }

  @PUT
  @Path("{id}")
  public UserView save(@PathParam("id") long id, UserView user) throws SQLException {
    UserView named =
        new UserView(id, user.name(), user.displayName(), user.active(), List.of(), null);
    try (Connection db = database.getConnection()) {
      UserStore.save(db, named);
      return UserStore.find(db, id)
          .orElseThrow(() -> new NotFoundException("User " + id + " was deleted meanwhile"));
    }
  }

  @DELETE
  @Path("{id}")
  public void delete(@PathParam("id") long id) throws SQLException {
    try (Connection db = database.getConnection()) {
      UserStore.delete(db, id);
    }
  }
}
