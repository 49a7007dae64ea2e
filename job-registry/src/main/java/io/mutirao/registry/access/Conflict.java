package io.mutirao.registry.access;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;

/** What was asked does not go together with what is there: 409, and why, for a person. */
final class Conflict extends WebApplicationException {

  private static final long serialVersionUID = 1L;
  private static final String UNIQUE_VIOLATION = "23505";

  Conflict(String why) {
    super(why, Response.status(409).type(MediaType.TEXT_PLAIN_TYPE).entity(why).build());
  }

  /** A name is taken, or else what the database says. */
  static void throwIfTaken(SQLException e, String why) {
    if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
      throw new Conflict(why);
    }
  }
}
