package io.mutirao.notifier.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.notice.DestinationKind;
import io.mutirao.contracts.notice.DestinationOrder;
import io.mutirao.contracts.notice.DestinationView;
import io.mutirao.contracts.secret.Seal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A notification destination with its secrets.
 *
 * @param fields by name: {@code url}, {@code secret} and so on; as they are kept, which is sealed
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

  /**
   * With its secrets as they were given.
   *
   * @param seal empty where the installation has no key; then only what was kept unsealed is known
   */
  public Destination opened(Optional<Seal> seal) throws Seal.Broken {
    Map<String, String> open = new HashMap<>(fields);
    for (var field : fields.entrySet()) {
      if (Seal.isSealed(field.getValue())) {
        String what = DestinationOrder.sealName(id, field.getKey());
        if (seal.isEmpty()) {
          throw Seal.Broken.withoutKey(what);
        }
        open.put(field.getKey(), new String(seal.get().open(what, field.getValue()), UTF_8));
      }
    }
    return new Destination(id, name, kind, open, addresses);
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
