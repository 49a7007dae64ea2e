package io.mutirao.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.notice.DestinationOrder;
import io.mutirao.contracts.notice.DestinationPage;
import io.mutirao.contracts.notice.DestinationView;
import io.mutirao.gateway.core.Destinations;
import io.mutirao.gateway.core.Rejected;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notification destinations, as the notifier keeps them. */
@Singleton
final class NotifierDestinations implements Destinations {

  private static final String DESTINATIONS = "/destinations";

  private final Owners owners;

  NotifierDestinations(Owners owners) {
    this.owners = owners;
  }

  @Override
  public Optional<DestinationView> find(String id) throws Rejected {
    return owners.notifier().get(path(id), DestinationView.class);
  }

  @Override
  public DestinationPage list(@Nullable String page, int limit) throws Rejected {
    String from = page == null ? "" : "&page=" + URLEncoder.encode(page, UTF_8);
    return owners
        .notifier()
        .get(DESTINATIONS + "?limit=" + limit + from, DestinationPage.class)
        .orElse(new DestinationPage(List.of(), null));
  }

  @Override
  public Optional<DestinationView> put(String id, DestinationOrder order) throws Rejected {
    return owners.notifier().put(path(id), order, DestinationView.class);
  }

  @Override
  public void delete(String id) throws Rejected {
    owners.notifier().delete(path(id));
  }

  private static String path(String id) {
    return DESTINATIONS + "/" + URLEncoder.encode(id, UTF_8);
  }
}
