package io.mutirao.worker;

import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What tells a worker from others. */
record Labels(Map<String, String> values) {

  Labels {
    values = Map.copyOf(values);
  }

  /**
   * Reads {@code name=value} words.
   *
   * @throws IllegalArgumentException that names the word that is none
   */
  static Labels of(List<String> words) {
    Map<String, String> values = new TreeMap<>();
    for (String word : words) {
      String[] parts = word.strip().split("=", 2);
      if (parts.length < 2 || !parts[0].matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
        throw new IllegalArgumentException(
            "MUTIRAO_WORKER_LABELS: expected name=value, separated by commas, not '" + word + "'");
      }
      if (values.put(parts[0], parts[1]) != null || parts[0].equals("pool")) {
        throw new IllegalArgumentException(
            "MUTIRAO_WORKER_LABELS: " + parts[0] + " is there twice");
      }
    }
    return new Labels(values);
  }

  /** For a metric. */
  List<Tag> tags(String pool) {
    List<Tag> tags = new ArrayList<>(List.of(Tag.of("pool", pool)));
    new TreeMap<>(values).forEach((name, value) -> tags.add(Tag.of(name, value)));
    return tags;
  }
}
