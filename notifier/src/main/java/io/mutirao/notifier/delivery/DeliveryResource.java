package io.mutirao.notifier.delivery;

import io.mutirao.contracts.notice.DeliveryPage;
import io.mutirao.contracts.notice.DeliveryView;
import io.mutirao.contracts.notice.DeliveryView.State;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Deliveries, for the gateway: what failed and why, and once more. */
@Path("/deliveries")
@RunOnVirtualThread
public final class DeliveryResource {

  private static final int MAX_LIMIT = 1_000;

  private final DataSource database;
  private final Doorbell doorbell;

  DeliveryResource(DataSource database, Doorbell doorbell) {
    this.database = database;
    this.doorbell = doorbell;
  }

  @GET
  public DeliveryPage deliveries(
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @DefaultValue("20") int limit,
      @QueryParam("page") @Nullable String page)
      throws SQLException {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new BadRequestException("limit: from 1 to " + MAX_LIMIT);
    }
    if (page != null && !page.matches("[1-9][0-9]{0,17}")) {
      throw new BadRequestException("page: there is none such");
    }
    long before = page == null ? Long.MAX_VALUE : Long.parseLong(page);
    try (Connection db = database.getConnection()) {
      return DeliveryList.page(db, state == null ? null : state(state), before, limit);
    }
  }

  private static State state(String name) {
    return Arrays.stream(State.values())
        .filter(s -> s.name().equals(name))
        .findAny()
        .orElseThrow(() -> new BadRequestException("state: there is none such"));
  }

  /** Sends one again that was given up, and shows it as it is now. */
  @PUT
  @Path("{id}/resend")
  public DeliveryView resend(@PathParam("id") String id) throws SQLException {
    try (Connection db = database.getConnection()) {
      DeliveryList.resend(db, id);
      doorbell.ring();
      return DeliveryList.find(db, id)
          .orElseThrow(() -> new NotFoundException("There is no delivery " + id));
    }
  }
}
