package io.mutirao.gateway.databricks;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import java.util.Map;

/** Fields that take ASCII characters only (Jobs API 2.0, ParamPair, RunParameters and others). */
final class Ascii {

  static List<String> list(Fields in, String name) throws Rejected {
    List<String> texts = in.texts(name);
    for (String text : texts) {
      check(in, name, text);
    }
    return texts;
  }

  /** A map of strings to strings. */
  static void map(Fields in, String name) throws Rejected {
    Fields map = in.object(name);
    if (map == null) {
      return;
    }
    for (Map.Entry<String, ?> entry : map.node().properties()) {
      check(in, name, entry.getKey());
      String value = map.optionalText(entry.getKey());
      check(in, name, value == null ? "" : value);
    }
  }

  private static void check(Fields in, String name, String text) throws Rejected {
    if (!text.chars().allMatch(c -> c < 128)) {
      throw Rejected.field(in.at(name), "only ASCII characters are allowed");
    }
  }

  private Ascii() {}
}
