package io.mutirao.worker.runner.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The databases that SQL tasks may use, by the id that jobs name. Of the environment: {@code
 * MUTIRAO_WAREHOUSE_<ID>_URL}, {@code _USER} and {@code _PASSWORD}, the id in capital letters and
 * with underscores for all that is no letter and no digit.
 */
public record Warehouses(Map<String, String> environment) {

  /** A database. */
  record Warehouse(String url, String user, String password) {}

  Optional<Warehouse> find(String id) {
    String name = variable(id);
    String url = environment.get(name + "URL");
    return url == null
        ? Optional.empty()
        : Optional.of(
            new Warehouse(
                url,
                environment.getOrDefault(name + "USER", ""),
                environment.getOrDefault(name + "PASSWORD", "")));
  }

  static String variable(String id) {
    return "MUTIRAO_WAREHOUSE_" + id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_";
  }
}
