package io.mutirao.systemtests.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notification destinations and deliveries, called as a client would call them. */
public record Destinations(Jobs jobs) {

  private static final String DESTINATIONS = "/api/2.0/notification-destinations";
  private static final String DELIVERIES = "/api/mutirao/deliveries";

  public Answer create(String name, Map<String, ?> config) {
    return ask("POST", DESTINATIONS, Map.of("display_name", name, "config", config));
  }

  /** The id of a new one that posts there. */
  public String webhook(String url) {
    return create("a receiver", Map.of("generic_webhook", Map.of("url", url)))
        .ok()
        .path("id")
        .asText();
  }

  public Answer show(String id) {
    return ask("GET", DESTINATIONS + "/" + id, null);
  }

  public Answer list(String query) {
    return ask("GET", DESTINATIONS + query, null);
  }

  public Answer change(String id, Map<String, ?> changes) {
    return ask("PATCH", DESTINATIONS + "/" + id, changes);
  }

  public Answer delete(String id) {
    return ask("DELETE", DESTINATIONS + "/" + id, null);
  }

  public Answer deliveries(String query) {
    return ask("GET", DELIVERIES + query, null);
  }

  public Answer resend(String id) {
    return ask("POST", DELIVERIES + "/" + id + "/resend", Map.of());
  }

  /** As a job's settings name destinations. */
  public static Map<String, Object> webhooks(String id, String... events) {
    Map<String, Object> on = new HashMap<>();
    for (String event : events) {
      on.put(event, List.of(Map.of("id", id)));
    }
    return on;
  }

  private Answer ask(String method, String path, @Nullable Object body) {
    try {
      var publisher =
          body == null
              ? BodyPublishers.noBody()
              : BodyPublishers.ofString(Answer.JSON.writeValueAsString(body));
      HttpRequest request =
          jobs.bare(path)
              .header("Authorization", "Bearer " + jobs.token())
              .method(method, publisher)
              .build();
      return Jobs.send(request);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
