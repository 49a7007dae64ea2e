package io.mutirao.gateway.core;

import io.mutirao.contracts.notice.DeliveryPage;
import io.mutirao.contracts.notice.DeliveryView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages about runs, sent or not, whoever sends them. */
public interface Deliveries {

  /**
   * A page of them, newest first.
   *
   * @param state null: whatever it is
   * @param page as an answer gave it; null: the first page
   */
  DeliveryPage list(DeliveryView.@Nullable State state, @Nullable String page, int limit)
      throws Rejected;

  /** Sends one again that was given up; nothing when there is none such. */
  Optional<DeliveryView> resend(String id) throws Rejected;
}
