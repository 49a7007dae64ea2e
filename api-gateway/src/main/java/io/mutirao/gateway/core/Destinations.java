package io.mutirao.gateway.core;

import io.mutirao.contracts.notice.DestinationOrder;
import io.mutirao.contracts.notice.DestinationPage;
import io.mutirao.contracts.notice.DestinationView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notification destinations, whoever keeps them. */
public interface Destinations {

  Optional<DestinationView> find(String id) throws Rejected;

  /**
   * A page of them.
   *
   * @param page as an answer gave it; null: the first page
   */
  DestinationPage list(@Nullable String page, int limit) throws Rejected;

  /** Makes or changes one; nothing when it is to be changed and is not there. */
  Optional<DestinationView> put(String id, DestinationOrder order) throws Rejected;

  /** What is not there is gone already. */
  void delete(String id) throws Rejected;
}
