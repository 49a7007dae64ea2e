package io.mutirao.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mutirao.contracts.topic.Codec;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What goes back: JSON, always.
 *
 * @param headers on top of the content type
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, only sent.
public record Answer(int status, byte[] body, Map<String, String> headers) {

  public static Answer ok(Object body) {
    return json(200, body);
  }

  public static Answer json(int status, Object body) {
    try {
      return new Answer(status, Codec.JSON.writeValueAsBytes(body), Map.of());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("an answer that cannot be written is a bug", e);
    }
  }

  public Answer with(String header, String value) {
    return new Answer(status, body, Map.of(header, value));
  }
}
