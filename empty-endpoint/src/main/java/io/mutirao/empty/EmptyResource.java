package io.mutirao.empty;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What nobody who answers with Quarkus can be faster than. */
@Path("/empty")
public final class EmptyResource {

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public String empty() {
    return "{}";
  }
}
