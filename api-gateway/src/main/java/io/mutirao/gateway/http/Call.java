package io.mutirao.gateway.http;

import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Fresh;
import io.mutirao.gateway.core.Rejected;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated request.
 *
 * @param in its parameters: of a POST, PUT or PATCH the body, else the query or, without one, the
 *     body
 * @param base where the caller reached us, for links: {@code http://host:port}
 * @param parts what stands in the path for the names in the endpoint's path, decoded
 * @param files that were sent, by their names in the form; of an endpoint that takes bytes one
 *     without a name
 * @param headers some of the request's: {@code accept}, {@code range}, {@code last-event-id}
 * @param showing remembers what it answered, if it can
 */
public record Call(
    Caller caller,
    Fields in,
    String base,
    Map<String, String> parts,
    Map<String, Sent> files,
    Map<String, String> headers,
    Showing showing) {

  /** Answers with what was read. */
  interface Showing {
    Answer of(Fresh<?> what, Supplier<Answer> writing);
  }

  /** Names of the headers that handlers may look at. */
  static final List<String> HEADERS = List.of("accept", "range", "last-event-id");

  /** The name of a body that is no form. */
  static final String BODY = "";

  /**
   * An answer that may be given again, without asking the handler, while what it shows is fresh. So
   * it depends on nothing else but the caller, the parameters and {@link #base}.
   */
  public Answer show(Fresh<?> what, Supplier<Answer> writing) {
    return showing.of(what, writing);
  }

  /** Of an endpoint that takes bytes. */
  public Sent body() {
    return Objects.requireNonNull(files.get(BODY), "an endpoint that takes bytes");
  }

  /** A file of a form. */
  public @Nullable Sent file(String name) {
    return files.get(name);
  }

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
