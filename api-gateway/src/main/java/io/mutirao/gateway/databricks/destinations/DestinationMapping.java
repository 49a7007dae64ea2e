package io.mutirao.gateway.databricks.destinations;

import io.mutirao.contracts.notice.DestinationKind;
import io.mutirao.contracts.notice.DestinationOrder;
import io.mutirao.contracts.notice.DestinationPage;
import io.mutirao.contracts.notice.DestinationView;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** NotificationDestination, both ways. */
final class DestinationMapping {

  static final String SECRET = "secret";

  private static final int MAX_NAME = 1_000;
  private static final int MAX_URL = 2_048;
  private static final int MAX_ADDRESSES = 100;

  /** Which of {@code config}'s kinds, and what stands in it. */
  record Config(
      DestinationKind kind, Map<String, String> fields, @Nullable List<String> addresses) {

    /** Ours: the key of the signature, when none was given. */
    Config with(String secret) {
      Map<String, String> more = new HashMap<>(fields);
      more.put(SECRET, secret);
      return new Config(kind, more, addresses);
    }

    boolean wantsSecret() {
      return kind == DestinationKind.WEBHOOK && !fields.containsKey(SECRET);
    }

    DestinationOrder order(boolean create, @Nullable String name) {
      return new DestinationOrder(create, name, kind, fields, addresses);
    }
  }

  static String name(Fields in) throws Rejected {
    String name = in.text("display_name").strip();
    if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(c -> c < ' ')) {
      throw Rejected.field(
          "display_name", "expected from 1 to " + MAX_NAME + " characters in one line");
    }
    return name;
  }

  /**
   * Reads {@code config}.
   *
   * @param before what is there already: of the same kind, not all need be given again; null: it is
   *     new
   */
  static Config config(Fields in, @Nullable DestinationKind before) throws Rejected {
    Fields config = in.object("config");
    if (config == null) {
      throw Rejected.field("config", "required field is missing, expected an object");
    }
    List<DestinationKind> given =
        Arrays.stream(DestinationKind.values())
            .filter(kind -> config.has(configName(kind)))
            .toList();
    Fields inner = given.size() == 1 ? config.object(configName(given.getFirst())) : null;
    if (inner == null) {
      throw Rejected.field(
          "config",
          "expected exactly one of "
              + Arrays.stream(DestinationKind.values())
                  .map(DestinationMapping::configName)
                  .collect(Collectors.joining(", ")));
    }
    DestinationKind kind = given.getFirst();
    boolean whole = kind != before;
    Map<String, String> fields = new LinkedHashMap<>();
    switch (kind) {
      case EMAIL -> {
        return new Config(kind, fields, addresses(inner));
      }
      case WEBHOOK -> {
        put(fields, "url", url(inner, whole));
        put(fields, "username", visible(inner, "username", 500));
        put(fields, "password", visible(inner, "password", 500));
        put(fields, SECRET, secret(inner));
        if (fields.getOrDefault("username", "").contains(":")) {
          throw Rejected.field(inner.at("username"), "expected no colon in it");
        }
      }
      case SLACK -> {
        refuse(inner, List.of("oauth_token", "channel_id"));
        put(fields, "url", url(inner, whole));
      }
      case MICROSOFT_TEAMS -> {
        refuse(inner, List.of("app_id", "auth_secret", "channel_url", "tenant_id"));
        put(fields, "url", url(inner, whole));
      }
      case PAGERDUTY -> {
        if (whole) {
          inner.text("integration_key");
        }
        put(fields, "integration_key", visible(inner, "integration_key", 200));
      }
    }
    return new Config(kind, fields, null);
  }

  private static void put(Map<String, String> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static void refuse(Fields in, List<String> names) throws Rejected {
    for (String name : names) {
      if (in.has(name)) {
        throw Rejected.field(
            in.at(name), "is not served here; give the url of an incoming webhook");
      }
    }
  }

  private static @Nullable String url(Fields in, boolean required) throws Rejected {
    String text = required ? in.text("url") : in.optionalText("url");
    if (text == null) {
      return null;
    }
    try {
      URI url = new URI(text);
      boolean http =
          "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
      if (http
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getPort() <= 65_535
          && text.length() <= MAX_URL
          && text.chars().allMatch(c -> c > ' ' && c < 127)) {
        return text;
      }
    } catch (URISyntaxException e) {
      throw in.wrong("url", "a URL that begins with https:// or http://");
    }
    throw in.wrong("url", "a URL that begins with https:// or http://, without user and password");
  }

  private static @Nullable String visible(Fields in, String name, int most) throws Rejected {
    String text = in.optionalText(name);
    if (text != null && !(text.matches("[!-~]+") && text.length() <= most)) {
      // Not what was given: it may be a secret.
      throw Rejected.field(in.at(name), "expected from 1 to " + most + " visible ASCII characters");
    }
    return text;
  }

  /** As the Standard Webhooks specification writes it. */
  private static @Nullable String secret(Fields in) throws Rejected {
    String text = in.optionalText(SECRET);
    if (text == null) {
      return null;
    }
    try {
      int bytes =
          text.startsWith("whsec_") ? Base64.getDecoder().decode(text.substring(6)).length : 0;
      if (bytes >= 24 && bytes <= 64) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      throw Rejected.field(in.at(SECRET), "expected whsec_ and base64");
    }
    throw Rejected.field(in.at(SECRET), "expected whsec_ and from 24 to 64 bytes in base64");
  }

  private static List<String> addresses(Fields in) throws Rejected {
    List<String> addresses = in.texts("addresses");
    if (addresses.isEmpty() || addresses.size() > MAX_ADDRESSES) {
      throw Rejected.field(in.at("addresses"), "expected from 1 to " + MAX_ADDRESSES);
    }
    for (String address : addresses) {
      if (!address.matches("[!-~&&[^,;<>@\"()]]+@[!-~&&[^,;<>@\"()]]+")) {
        throw in.wrong("addresses", "addresses such as ana@example.org");
      }
    }
    return addresses;
  }

  static DestinationWire wire(DestinationView view, @Nullable String freshSecret) {
    Map<String, Object> inner = new LinkedHashMap<>();
    if (view.kind() == DestinationKind.EMAIL) {
      inner.put("addresses", view.addresses());
    }
    new TreeSet<>(view.kept()).forEach(field -> inner.put(field + "_set", true));
    if (freshSecret != null) {
      inner.put(SECRET, freshSecret);
    }
    return new DestinationWire(
        view.id(), view.name(), view.kind().name(), Map.of(configName(view.kind()), inner));
  }

  private static String configName(DestinationKind kind) {
    return switch (kind) {
      case EMAIL -> "email";
      case WEBHOOK -> "generic_webhook";
      case SLACK -> "slack";
      case MICROSOFT_TEAMS -> "microsoft_teams";
      case PAGERDUTY -> "pagerduty";
    };
  }

  static DestinationWire.Page page(DestinationPage page) {
    return new DestinationWire.Page(
        page.destinations().stream()
            .map(d -> new DestinationWire.Brief(d.id(), d.name(), d.kind().name()))
            .toList(),
        page.next());
  }

  private DestinationMapping() {}
}
