package io.mutirao.notifier.destination;

import io.mutirao.contracts.notice.DestinationKind;
import io.mutirao.contracts.notice.DestinationOrder;
import io.mutirao.contracts.notice.DestinationView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A notification destination with its secrets.
 *
 * @param fields by name: {@code url}, {@code secret} and so on
 */
public record Destination(
    String id,
    String name,
    DestinationKind kind,
    Map<String, String> fields,
    List<String> addresses) {

  public Destination {
    fields = Map.copyOf(fields);
    addresses = List.copyOf(addresses);
  }

  /** Empty when it has none of that name. */
  public String field(String field) {
    return fields.getOrDefault(field, "");
  }

  /** A new one. */
  static Destination of(String id, DestinationOrder order) {
    return new Destination(
        id,
        Objects.requireNonNull(order.name(), "name is missing"),
        Objects.requireNonNull(order.kind(), "kind is missing"),
        order.fields(),
        order.addresses() == null ? List.of() : order.addresses());
  }

  /** What is not ordered stays: whoever changes the name need not know the secrets. */
  Destination changed(DestinationOrder order) {
    boolean other = order.kind() != null && order.kind() != kind;
    Map<String, String> now = new HashMap<>(other ? Map.of() : fields);
    now.putAll(order.fields());
    List<String> before = other ? List.of() : addresses;
    return new Destination(
        id,
        order.name() == null ? name : order.name(),
        order.kind() == null ? kind : order.kind(),
        now,
        order.addresses() == null ? before : order.addresses());
  }

  DestinationView view() {
    return new DestinationView(id, name, kind, addresses, fields.keySet());
  }

  /** Never the secrets: it may stand in a log. */
  @Override
  public String toString() {
    return "destination " + id + " (" + kind + ")";
  }
}
