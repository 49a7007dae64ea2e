package io.mutirao.systemtests.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;

/** What came back for a request. */
public record Answer(int status, String contentType, String text, String retryAfter) {

  static final ObjectMapper JSON = new ObjectMapper();

  static Answer of(HttpResponse<String> response) {
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body(),
        response.headers().firstValue("Retry-After").orElse(""));
  }

  public JsonNode json() {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("an answer that is not JSON: " + this, e);
    }
  }

  /** The body, when all went well. */
  public JsonNode ok() {
    if (status != 200) {
      throw new AssertionError("expected 200, but got " + this);
    }
    return json();
  }

  public String errorCode() {
    return json().path("error_code").asText();
  }

  public String message() {
    return json().path("message").asText();
  }
}
