package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.topic.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What goes over the wire, read again, in tests. */
final class Shown {

  static JsonNode of(Object wire) {
    try {
      return Codec.JSON.readTree(Codec.JSON.writeValueAsBytes(wire));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Shown() {}
}
