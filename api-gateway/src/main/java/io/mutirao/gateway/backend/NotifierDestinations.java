package io.mutirao.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.notice.DestinationOrder;
import io.mutirao.contracts.notice.DestinationPage;
import io.mutirao.contracts.notice.DestinationView;
import io.mutirao.contracts.secret.Seal;
import io.mutirao.gateway.core.Destinations;
import io.mutirao.gateway.core.Rejected;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notification destinations, as the notifier keeps them. */
@Singleton
final class NotifierDestinations implements Destinations {

  private static final String DESTINATIONS = "/destinations";

  private final Owners owners;
  private final Optional<Seal> seal;

  NotifierDestinations(Owners owners, SecretConfig config) {
    this.owners = owners;
    this.seal = config.key().map(Seal::with);
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
    return owners.notifier().put(path(id), sealed(id, order), DestinationView.class);
  }

  @Override
  public void delete(String id) throws Rejected {
    owners.notifier().delete(path(id));
  }

  /** Their secrets leave the gateway sealed, where the installation has a key. */
  private DestinationOrder sealed(String id, DestinationOrder order) {
    if (seal.isEmpty()) {
      return order;
    }
    Map<String, String> fields = new HashMap<>();
    order
        .fields()
        .forEach((field, value) ->
            fields.put(
                field,
                seal.get().seal(DestinationOrder.sealName(id, field), value.getBytes(UTF_8))));
    return new DestinationOrder(
        order.create(), order.name(), order.kind(), fields, order.addresses());
  }

  private static String path(String id) {
    return DESTINATIONS + "/" + URLEncoder.encode(id, UTF_8);
  }
}
