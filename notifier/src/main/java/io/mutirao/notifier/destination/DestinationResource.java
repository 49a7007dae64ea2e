package io.mutirao.notifier.destination;

import io.mutirao.contracts.notice.DestinationOrder;
import io.mutirao.contracts.notice.DestinationPage;
import io.mutirao.contracts.notice.DestinationView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Notification destinations, for the gateway. Secrets go in and never come out. */
@Path("/destinations")
@RunOnVirtualThread
public final class DestinationResource {

  private static final int MAX_LIMIT = 1_000;

  private final DataSource database;

  DestinationResource(DataSource database) {
    this.database = database;
  }

  @GET
  public DestinationPage destinations(
      @QueryParam("limit") @DefaultValue("100") int limit,
      @QueryParam("page") @DefaultValue("") String page)
      throws SQLException {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new BadRequestException("limit: from 1 to " + MAX_LIMIT);
    }
    try (Connection db = database.getConnection()) {
      return DestinationStore.page(db, page, limit);
    }
  }

  @GET
  @Path("{id}")
  public DestinationView destination(@PathParam("id") String id) throws SQLException {
    try (Connection db = database.getConnection()) {
      return DestinationStore.find(db, id).orElseThrow(() -> unknown(id));
    }
  }

  @PUT
  @Path("{id}")
  public DestinationView put(@PathParam("id") String id, DestinationOrder order)
      throws SQLException {
    if (order.create() && (order.name() == null || order.kind() == null)) {
      throw new BadRequestException("name and kind: a new destination needs both");
    }
    try (Connection db = database.getConnection()) {
      return DestinationStore.put(db, id, order).orElseThrow(() -> unknown(id));
    }
  }

  @DELETE
  @Path("{id}")
  public void delete(@PathParam("id") String id) throws SQLException {
    try (Connection db = database.getConnection()) {
      DestinationStore.delete(db, id);
    }
  }

  private static NotFoundException unknown(String id) {
    return new NotFoundException("There is no destination " + id);
  }
}
