package io.mutirao.contracts.notice;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes or changes a notification destination: {@code PUT /destinations/{id}}. Ordering the same
 * twice is as good as once.
 *
 * @param create whether it may be a new one; else it must be there
 * @param name null: as before
 * @param kind null: as before; another kind than before forgets the fields that it had
 * @param fields those that are given replace those of the same name: {@code url}, {@code username},
 *     {@code password}, {@code secret}, {@code integration_key}; sealed by {@link
 *     io.mutirao.contracts.secret.Seal} where the installation has a key
 * @param addresses of a list of addresses; null: as before
 */
public record DestinationOrder(
    boolean create,
    @Nullable String name,
    @Nullable DestinationKind kind,
    Map<String, String> fields,
    @Nullable List<String> addresses) {

  public DestinationOrder {
    fields = fields == null ? Map.of() : Map.copyOf(fields);
    addresses = addresses == null ? null : List.copyOf(addresses);
  }

  /** The name under which a field is sealed. */
  public static String sealName(String id, String field) {
    return "destination:" + id + "/" + field;
  }
}
