package io.mutirao.contracts.notice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some deliveries, newest first: {@code GET /deliveries}.
 *
 * @param next where the next page begins; null: there is none
 */
public record DeliveryPage(List<DeliveryView> deliveries, @Nullable String next) {

  public DeliveryPage {
    deliveries = List.copyOf(deliveries);
  }
}
