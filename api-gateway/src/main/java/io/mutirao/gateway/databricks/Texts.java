package io.mutirao.gateway.databricks;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Objects whose values are strings. */
final class Texts {

  /** Empty when there is none. */
  static Map<String, String> map(Fields in, String name) throws Rejected {
    Map<String, String> texts = new TreeMap<>();
    Fields map = in.object(name);
    if (map == null) {
      return texts;
    }
    for (Iterator<String> keys = map.node().fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      String text = map.optionalText(key);
      texts.put(key, text == null ? "" : text);
    }
    return texts;
  }

  private Texts() {}
}
