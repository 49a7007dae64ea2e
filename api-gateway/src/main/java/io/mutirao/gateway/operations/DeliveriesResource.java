package io.mutirao.gateway.operations;

import static io.mutirao.gateway.http.Dialect.Endpoint.get;
import static io.mutirao.gateway.http.Dialect.Endpoint.post;

import io.mutirao.contracts.notice.DeliveryView.State;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Deliveries;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.databricks.DatabricksErrors;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import io.mutirao.gateway.http.Fields;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /api/mutirao/deliveries}: mails and webhooks that failed, and once more. */
@Singleton
final class DeliveriesResource implements Dialect {

  private static final String ROOT = "/api/mutirao/deliveries";

  /** Whatever its state is. */
  private static final String ALL = "ALL";

  private static final List<String> STATES =
      Stream.concat(Arrays.stream(State.values()).map(State::name), Stream.of(ALL)).toList();

  private final Deliveries deliveries;

  DeliveriesResource(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  @Override
  public String root() {
    return "/api/mutirao";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(get(ROOT, this::list), post(ROOT + "/:id/resend", this::resend));
  }

  /** No dialect of a vendor, so that the format of errors is whichever is known best. */
  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private Answer list(Call call) throws Rejected {
    requireAdministrator(call.caller());
    Fields in = call.in();
    String state = in.word("state", STATES);
    return Answer.ok(
        DeliveryWire.of(
            deliveries.list(
                state(state == null ? State.FAILED.name() : state),
                in.optionalText("page_token"),
                in.whole("limit", 1, 1_000, 20))));
  }

  private static @Nullable State state(String name) {
    return name.equals(ALL) ? null : State.valueOf(name);
  }

  private Answer resend(Call call) throws Rejected {
    requireAdministrator(call.caller());
    String id = call.part("id");
    if (!id.matches("[A-Za-z0-9_]{1,100}")) {
      throw unknown(id);
    }
    return Answer.ok(DeliveryWire.of(deliveries.resend(id).orElseThrow(() -> unknown(id))));
  }

  private static Rejected unknown(String id) {
    return new Rejected(new Problem.Missing("Delivery " + id + " does not exist."));
  }

  private static void requireAdministrator(Caller caller) throws Rejected {
    if (!caller.who().administrator()) {
      throw new Rejected(new Problem.Denied("Only administrators look after deliveries."));
    }
  }
}
