package io.mutirao.contracts.topic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The JSON that is out in the world, one file for each message. These files are never edited: a
 * message of a running installation must stay readable. A new field comes with a new file name.
 */
public final class Golden {

  public static ObjectNode json(Class<?> message) {
    return json(message.getSimpleName());
  }

  public static ObjectNode json(String name) {
    String file = "/golden/" + name + ".json";
    try (InputStream in = Golden.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new AssertionError(
            "src/test/resources" + file + " is missing: every message has a golden file");
      }
      return (ObjectNode) Codec.JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  private Golden() {}
}
