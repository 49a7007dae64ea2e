package io.mutirao.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.notice.DeliveryPage;
import io.mutirao.contracts.notice.DeliveryView;
import io.mutirao.gateway.core.Deliveries;
import io.mutirao.gateway.core.Rejected;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deliveries, as the notifier keeps them. */
@Singleton
final class NotifierDeliveries implements Deliveries {

  private final Owners owners;

  NotifierDeliveries(Owners owners) {
    this.owners = owners;
  }

  @Override
  public DeliveryPage list(DeliveryView.@Nullable State state, @Nullable String page, int limit)
      throws Rejected {
    StringBuilder path = new StringBuilder("/deliveries?limit=").append(limit);
    if (state != null) {
      path.append("&state=").append(state);
    }
    if (page != null) {
      path.append("&page=").append(URLEncoder.encode(page, UTF_8));
    }
    return owners
        .notifier()
        .get(path.toString(), DeliveryPage.class)
        .orElse(new DeliveryPage(List.of(), null));
  }

  @Override
  public Optional<DeliveryView> resend(String id) throws Rejected {
    String path = "/deliveries/" + URLEncoder.encode(id, UTF_8) + "/resend";
    return owners.notifier().put(path, Map.of(), DeliveryView.class);
  }
}
