package io.mutirao.registry.pipeline;

import io.mutirao.contracts.pipeline.PipelineOrder;
import io.mutirao.contracts.pipeline.PipelineView;
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

/** Pipelines, for the gateway. Each request may be sent twice. */
@Path("/pipelines")
@RunOnVirtualThread
public final class PipelineResource {

  /** Pipelines, by name. */
  public record Pipelines(List<PipelineView> pipelines) {}

  private final DataSource database;

  PipelineResource(DataSource database) {
    this.database = database;
  }

  @GET
  public Pipelines pipelines() throws SQLException {
    try (Connection db = database.getConnection()) {
      return new Pipelines(PipelineStore.all(db));
    }
  }

  @GET
  @Path("{id}")
  public PipelineView pipeline(@PathParam("id") String id) throws SQLException {
    try (Connection db = database.getConnection()) {
      return PipelineStore.find(db, id).orElseThrow(NotFoundException::new);
    }
  }

  /** 409 when its name is taken, or when somebody else has changed it; the answer says which. */
  @PUT
  @Path("{id}")
  public PipelineView put(@PathParam("id") String id, PipelineOrder order) throws SQLException {
    try (Connection db = database.getConnection()) {
      return switch (put(db, id, order)) {
        case DONE -> PipelineStore.find(db, id).orElseThrow(NotFoundException::new);
        case NOT_THERE -> throw new NotFoundException();
        case NAME_TAKEN -> throw conflict("name");
        case CHANGED_MEANWHILE -> throw conflict("changed");
      };
    }
  }

  private static PipelineStore.Put put(Connection db, String id, PipelineOrder order)
      throws SQLException {
    db.setAutoCommit(false);
    try {
      PipelineStore.Put put = PipelineStore.put(db, id, order);
      db.commit();
      return put;
    } finally {
      db.rollback(); // After the commit there is nothing left to undo.
      db.setAutoCommit(true);
    }
  }

  /** With its updates. */
  @DELETE
  @Path("{id}")
  public void delete(@PathParam("id") String id) throws SQLException {
    try (Connection db = database.getConnection()) {
      PipelineStore.delete(db, id);
    }
  }

  static ClientErrorException conflict(String why) {
    return new ClientErrorException(
        Response.status(409).type(MediaType.TEXT_PLAIN_TYPE).entity(why).build());
  }
}
