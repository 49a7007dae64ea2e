package io.mutirao.gateway.http;

import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Rejected;
import java.util.List;
import java.util.Map;

/**
 * An authenticated request.
 *
 * @param in its parameters: of a POST, PUT or PATCH the body, else the query or, without one, the
 *     body
 * @param base where the caller reached us, for links: {@code http://host:port}
 * @param parts what stands in the path for the names in the endpoint's path, decoded
 * @param body of an endpoint that takes bytes; empty of all others
 * @param headers some of the request's: {@code accept}, {@code range}, {@code last-event-id}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, only read.
public record Call(
    Caller caller,
    Fields in,
    String base,
    Map<String, String> parts,
    byte[] body,
    Map<String, String> headers) {

  /** Names of the headers that handlers may look at. */
  static final List<String> HEADERS = List.of("accept", "range", "last-event-id");

  /** A header, by its name in small letters; empty when it was not sent. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

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
