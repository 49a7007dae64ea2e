package io.mutirao.systemtests.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** What came back for a request. */
public record Answer(int status, HttpHeaders headers, String text) {

  static final ObjectMapper JSON = new ObjectMapper();

  static Answer of(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** Empty when there is none. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  public String contentType() {
    return header("Content-Type");
  }

  public String retryAfter() {
    return header("Retry-After");
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
