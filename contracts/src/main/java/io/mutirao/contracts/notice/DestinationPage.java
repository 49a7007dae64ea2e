package io.mutirao.contracts.notice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some notification destinations, by id: {@code GET /destinations}.
 *
 * @param next where the next page begins; null: there is none
 */
public record DestinationPage(List<DestinationView> destinations, @Nullable String next) {

  public DestinationPage {
    destinations = List.copyOf(destinations);
  }
}
