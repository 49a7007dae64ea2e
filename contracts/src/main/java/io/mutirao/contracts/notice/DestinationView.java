package io.mutirao.contracts.notice;

import java.util.List;
import java.util.Set;

/**
 * A notification destination as it may be read: {@code GET /destinations/{id}}.
 *
 * @param addresses of a list of addresses; else empty
 * @param kept the names of the fields that it has; their values are never read back
 */
public record DestinationView(
    String id, String name, DestinationKind kind, List<String> addresses, Set<String> kept) {

  public DestinationView {
    addresses = List.copyOf(addresses);
    kept = Set.copyOf(kept);
  }
}
