package io.mutirao.registry.pipeline;

import io.mutirao.contracts.pipeline.PipelineUpdate;
import io.mutirao.contracts.pipeline.PipelineUpdate.Begun;
import io.mutirao.contracts.pipeline.PipelineUpdate.Fate;
import io.mutirao.contracts.pipeline.PipelineUpdate.Order;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.ForbiddenException;
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

/** Updates of pipelines, for the gateway and for workers. Each request may be sent twice. */
@Path("/pipelines/{id}/updates")
@RunOnVirtualThread
public final class UpdateResource {

  /** Updates, newest first. */
  public record Updates(List<PipelineUpdate> updates) {}

  private final DataSource database;

  UpdateResource(DataSource database) {
    this.database = database;
  }

  @GET
  public Updates updates(
      @PathParam("id") String id,
      @QueryParam("below") @DefaultValue("9223372036854775807") long below,
      @QueryParam("limit") @DefaultValue("25") int limit)
      throws SQLException {
    try (Connection db = database.getConnection()) {
      return new Updates(UpdateStore.page(db, id, below, limit));
    }
  }

  @GET
  @Path("{update}")
  public PipelineUpdate update(@PathParam("id") String id, @PathParam("update") String update)
      throws SQLException {
    try (Connection db = database.getConnection()) {
      return UpdateStore.find(db, id, update).orElseThrow(NotFoundException::new);
    }
  }

  /** 409 when another update came in between. */
  @PUT
  @Path("{update}")
  public PipelineUpdate make(
      @PathParam("id") String id, @PathParam("update") String update, Order order)
      throws SQLException {
    try (Connection db = database.getConnection()) {
      if (PipelineStore.find(db, id).isEmpty()) {
        throw new NotFoundException();
      }
      UpdateStore.make(db, id, update, order);
      return UpdateStore.find(db, id, update)
          .orElseThrow(() -> PipelineResource.conflict("another"));
    }
  }

  @PUT
  @Path("{update}/fate")
  public PipelineUpdate fate(
      @PathParam("id") String id, @PathParam("update") String update, Fate fate)
      throws SQLException {
    try (Connection db = database.getConnection()) {
      UpdateStore.fate(db, id, update, fate);
      return UpdateStore.find(db, id, update).orElseThrow(NotFoundException::new);
    }
  }

  /** For a worker: 403 when the user of its task may not run this pipeline. */
  @PUT
  @Path("{update}/begun")
  public PipelineUpdate begin(
      @PathParam("id") String id, @PathParam("update") String update, Begun begun)
      throws SQLException {
    try (Connection db = database.getConnection()) {
      if (PipelineStore.find(db, id).isEmpty()) {
        throw new NotFoundException();
      }
      if (!PipelineStore.mayRun(db, id, begun.job(), begun.as())) {
        throw new ForbiddenException();
      }
      UpdateStore.begin(db, id, update, begun);
      return UpdateStore.find(db, id, update).orElseThrow(NotFoundException::new);
    }
  }
}
