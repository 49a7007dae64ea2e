package io.mutirao.gateway.http;

import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Rejected;
import java.util.Map;

/**
 * An authenticated request.
 *
 * @param in its parameters: of a POST, PUT or PATCH the body, else the query or, without one, the
 *     body
 * @param base where the caller reached us, for links: {@code http://host:port}
 * @param parts what stands in the path for the names in the endpoint's path, decoded
 * @param body of an endpoint that takes bytes; empty of all others
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, only read.
public record Call(Caller caller, Fields in, String base, Map<String, String> parts, byte[] body) {

  /** What stands in the path for a name. */
  public String part(String name) {
    return parts.getOrDefault(name, "");
  }

  /** A number in the path; what is none cannot be the id of anything. */
  public long idPart(String name) throws Rejected {
    String part = part(name);
    if (!part.matches("[0-9]{1,18}")) {
      throw Rejected.field(name, "expected a number in the path, not " + part);
    }
    return Long.parseLong(part);
  }
}
