package io.mutirao.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mutirao.contracts.topic.Codec;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes back: JSON, unless a header says otherwise.
 *
 * @param headers on top of the content type
 * @param stream follows the body; null: that is all
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, only sent.
public record Answer(
    int status, byte[] body, Map<String, String> headers, @Nullable Stream stream) {

  private static final byte[] NOTHING = {};

  public Answer(int status, byte[] body, Map<String, String> headers) {
    this(status, body, headers, null);
  }

  /** Written piece by piece. */
  public static Answer stream(int status, Map<String, String> headers, Stream stream) {
    return new Answer(status, NOTHING, headers, stream);
  }

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
    return new Answer(status, body, Map.of(header, value), stream);
  }
}
