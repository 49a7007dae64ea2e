package io.mutirao.registry.access;

import io.mutirao.contracts.access.GroupView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Groups, for the gateway. Each request may be sent twice. */
@Path("/groups")
@RunOnVirtualThread
public final class GroupResource {

  /** Groups, by id. */
  public record Groups(List<GroupView> groups) {}

  private final DataSource database;

  GroupResource(DataSource database) {
    this.database = database;
  }

  @GET
  public Groups groups() throws SQLException {
    try (Connection db = database.getConnection()) {
      return new Groups(GroupStore.all(db));
    }
  }

  @GET
  @Path("{id}")
  public GroupView group(@PathParam("id") long id) throws SQLException {
    try (Connection db = database.getConnection()) {
      return GroupStore.find(db, id)
          .orElseThrow(() -> new NotFoundException("There is no group " + id));
    }
  }

  @PUT
  @Path("{id}")
  public GroupView save(@PathParam("id") long id, GroupView group) throws SQLException {
    GroupView named = new GroupView(id, group.name(), group.members());
    try (Connection db = database.getConnection()) {
      GroupStore.save(db, named);
      return GroupStore.find(db, id)
          .orElseThrow(() -> new NotFoundException("Group " + id + " was deleted meanwhile"));
    }
  }

  @DELETE
  @Path("{id}")
  public void delete(@PathParam("id") long id) throws SQLException {
    try (Connection db = database.getConnection()) {
      GroupStore.delete(db, id);
    }
  }
}
