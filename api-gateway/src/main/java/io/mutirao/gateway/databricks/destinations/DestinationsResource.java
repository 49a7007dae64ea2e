package io.mutirao.gateway.databricks.destinations;

import static io.mutirao.gateway.http.Dialect.Endpoint.delete;
import static io.mutirao.gateway.http.Dialect.Endpoint.get;
import static io.mutirao.gateway.http.Dialect.Endpoint.patch;
import static io.mutirao.gateway.http.Dialect.Endpoint.post;

import io.mutirao.contracts.notice.DestinationOrder;
import io.mutirao.contracts.notice.DestinationView;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Destinations;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.databricks.DatabricksErrors;
import io.mutirao.gateway.databricks.destinations.DestinationMapping.Config;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import io.mutirao.gateway.http.Fields;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /api/2.0/notification-destinations}: where notices go besides addresses. */
@Singleton
final class DestinationsResource implements Dialect {

  private static final String ROOT = "/api/2.0/notification-destinations";
  private static final int SECRET_BYTES = 32;

  private final Destinations destinations;
  private final SecureRandom random = new SecureRandom();

  DestinationsResource(Destinations destinations) {
    this.destinations = destinations;
  }

  @Override
  public String root() {
    return ROOT;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        post(ROOT, this::create),
        get(ROOT, this::list),
        get(ROOT + "/:id", this::show),
        patch(ROOT + "/:id", this::change),
        delete(ROOT + "/:id", this::remove));
  }

  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private Answer create(Call call) throws Rejected {
    requireAdministrator(call.caller());
    String name = DestinationMapping.name(call.in());
    Config config = DestinationMapping.config(call.in(), null);
    boolean fresh = config.wantsSecret();
    Config whole = fresh ? config.with(secret()) : config;
    String id = UUID.randomUUID().toString();
    DestinationView made =
        destinations.put(id, whole.order(true, name)).orElseThrow(() -> unknown(id));
    return shown(made, whole, fresh);
  }

  private Answer list(Call call) throws Rejected {
    Fields in = call.in();
    int size = in.whole("page_size", 1, 1_000, 20);
    return Answer.ok(
        DestinationMapping.page(destinations.list(in.optionalText("page_token"), size)));
  }

  private Answer show(Call call) throws Rejected {
    return Answer.ok(DestinationMapping.wire(known(id(call)), null));
  }

  private Answer change(Call call) throws Rejected {
    requireAdministrator(call.caller());
    String id = id(call);
    DestinationView before = known(id);
    Fields in = call.in();
    String name = in.has("display_name") ? DestinationMapping.name(in) : null;
    if (!in.has("config")) {
      var order = new DestinationOrder(false, name, null, Map.of(), null);
      DestinationView now = destinations.put(id, order).orElseThrow(() -> unknown(id));
      return Answer.ok(DestinationMapping.wire(now, null));
    }
    Config config = DestinationMapping.config(in, before.kind());
    boolean fresh = config.wantsSecret() && !before.kept().contains(DestinationMapping.SECRET);
    Config whole = fresh ? config.with(secret()) : config;
    DestinationView now =
        destinations.put(id, whole.order(false, name)).orElseThrow(() -> unknown(id));
    return shown(now, whole, fresh);
  }

  private Answer remove(Call call) throws Rejected {
    requireAdministrator(call.caller());
    String id = id(call);
    known(id);
    destinations.delete(id);
    return Answer.ok(Map.of());
  }

  /** A secret that we made stands in this answer and in no other. */
  private static Answer shown(DestinationView view, Config config, boolean fresh) {
    return Answer.ok(
        DestinationMapping.wire(
            view, fresh ? config.fields().get(DestinationMapping.SECRET) : null));
  }

  private DestinationView known(String id) throws Rejected {
    return destinations.find(id).orElseThrow(() -> unknown(id));
  }

  private static String id(Call call) throws Rejected {
    String id = call.part("id");
    if (!id.matches("[A-Za-z0-9_-]{1,100}")) {
      throw unknown(id);
    }
    return id;
  }

  private static Rejected unknown(String id) {
    return new Rejected(new Problem.Missing("Notification destination " + id + " does not exist."));
  }

  private String secret() {
    byte[] key = new byte[SECRET_BYTES];
    random.nextBytes(key);
    return "whsec_" + Base64.getEncoder().encodeToString(key);
  }

  private static void requireAdministrator(Caller caller) throws Rejected {
    if (!caller.who().administrator()) {
      throw new Rejected(
          new Problem.Denied("Only administrators can manage notification destinations."));
    }
  }
}
