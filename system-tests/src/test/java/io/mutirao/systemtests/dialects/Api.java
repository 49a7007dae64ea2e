package io.mutirao.systemtests.dialects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;

/**
 * The APIs beside jobs, as somebody calls them.
 *
 * @param token whose; empty: nobody's
 */
record Api(String url, String token) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCIM = "/api/2.0/preview/scim/v2/";

  static Api administrator(Mutirao mutirao) {
    return new Api(mutirao.url(), mutirao.token());
  }

  Api with(String otherToken) {
    return new Api(url, otherToken);
  }

  Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  Answer post(String path, Object body) {
    return send("POST", path, json(body));
  }

  Answer put(String path, Object body) {
    return send("PUT", path, json(body));
  }

  Answer patch(String path, Object body) {
    return send("PATCH", path, json(body));
  }

  Answer send(String method, String path, BodyPublisher body) {
    return Jobs.send(request(path).method(method, body).build());
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Jobs.DEADLINE);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static BodyPublisher json(Object body) {
    try {
      return BodyPublishers.ofString(
          body instanceof String text ? text : JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  // ---- what tests need of an administrator

  /** A name that no other test has. */
  static String name(String begin) {
    return begin + "-" + UUID.randomUUID() + "@example.com";
  }

  /** A new user, as SCIM shows it. */
  JsonNode makeUser(String name) {
    Answer answer = post(SCIM + "Users", Map.of("userName", name));
    if (answer.status() != 201) {
      throw new AssertionError(answer.toString());
    }
    return answer.json();
  }

  /** That user, with a new token of its own. */
  Api as(String user) {
    return with(
        post("/api/2.0/token-management/on-behalf-of/tokens", Map.of("application_id", user))
            .ok()
            .path("token_value")
            .asText());
  }

  /** A new user with a token. */
  Api asNewUser(String name) {
    makeUser(name);
    return as(name);
  }
}
