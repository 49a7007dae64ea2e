package io.mutirao.notifier.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.notifier.destination.Destination;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is posted to a destination. */
record Calls(URI base, URI pagerduty) {

  HttpCall of(Parcel parcel, Destination destination) {
    return switch (destination.kind()) {
      case WEBHOOK -> webhook(parcel, destination);
      case SLACK -> call(destination, Bodies.slack(parcel.notice(), base));
      case MICROSOFT_TEAMS -> call(destination, Bodies.teams(parcel.notice(), base));
      case PAGERDUTY ->
          new HttpCall(
              pagerduty,
              Map.of(),
              Bodies.pagerduty(parcel, base, destination.field("integration_key")));
      case EMAIL -> throw new IllegalArgumentException("a list of addresses gets a mail");
    };
  }

  private static HttpCall call(Destination destination, String body) {
    return new HttpCall(URI.create(destination.field("url")), Map.of(), body);
  }

  /** With the headers of the Standard Webhooks specification. */
  private HttpCall webhook(Parcel parcel, Destination destination) {
    String body = Bodies.webhook(parcel, base);
    long seconds = parcel.now().getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", parcel.id());
    headers.put("webhook-timestamp", String.valueOf(seconds));
    String secret = destination.field("secret");
    if (!secret.isEmpty()) {
      headers.put("webhook-signature", Signature.of(secret, parcel.id(), seconds, body));
    }
    String user = destination.field("username");
    String password = destination.field("password");
    if (!user.isEmpty() || !password.isEmpty()) {
      String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
      headers.put("Authorization", "Basic " + pair);
    }
    return new HttpCall(URI.create(destination.field("url")), headers, body);
  }
}
