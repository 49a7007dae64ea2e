package io.mutirao.worker.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables that a task's cluster sets for its programs. */
public final class Variables {

  /** By these the worker tells its programs what they are given; no task says it for itself. */
  private static final String OURS = "MUTIRAO_";

  /** {@code spark_env_vars}, without those that only the worker sets. */
  public static Map<String, String> of(JsonNode cluster) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (var field : cluster.path("spark_env_vars").properties()) {
      if (!field.getKey().startsWith(OURS)) {
        variables.put(field.getKey(), field.getValue().asText());
      }
    }
    return variables;
  }

  private Variables() {}
}
