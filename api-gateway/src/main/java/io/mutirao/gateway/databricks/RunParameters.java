package io.mutirao.gateway.databricks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.run.RunView;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** RunParameters: what replaces the parameters of a run's tasks, by the kind of task. */
final class RunParameters {

  private static final int MAX_BYTES = 10_000;

  /** By kind of the core's tasks. */
  static Map<String, JsonNode> of(Fields in) throws Rejected {
    check(in);
    Map<String, JsonNode> parameters = new TreeMap<>();
    for (TaskField field : TaskField.values()) {
      for (String name : field.params) {
        if (in.has(name)) {
          parameters.put(field.kind, shortEnough(in, name));
        }
      }
    }
    return parameters;
  }

  private static void check(Fields in) throws Rejected {
    in.texts("jar_params");
    Ascii.list(in, "python_params");
    Ascii.list(in, "spark_submit_params");
    SubmitOptions.check(in, "spark_submit_params");
    Ascii.map(in, "notebook_params");
    Texts.map(in, "python_named_params");
    Texts.map(in, "sql_params");
    in.texts("dbt_commands");
    Fields pipeline = in.object("pipeline_params");
    if (pipeline != null) {
      pipeline.flag("full_refresh");
    }
    notBoth(in, "jar_params", "notebook_params");
    notBoth(in, "python_params", "python_named_params");
  }

  private static void notBoth(Fields in, String one, String other) throws Rejected {
    if (in.has(one) && in.has(other)) {
      throw Rejected.invalid(one + " and " + other + " cannot be given together");
    }
  }

  /** Counts as the document does: the field as JSON, with its name. */
  private static JsonNode shortEnough(Fields in, String name) throws Rejected {
    JsonNode value = in.node().get(name);
    int bytes = in.node().objectNode().set(name, value).toString().getBytes(UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw Rejected.field(
          in.at(name),
          "its JSON representation has " + bytes + " bytes, at most " + MAX_BYTES + " are allowed");
    }
    return value;
  }

  /** As they were given; null when there were none. */
  static @Nullable ObjectNode shown(RunView run) {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    for (TaskField field : TaskField.values()) {
      JsonNode value = run.parameters().get(field.kind);
      if (value != null && !field.params.isEmpty()) {
        boolean named = value.isObject() && field.params.size() > 1;
        given.putIfAbsent(named ? field.params.getLast() : field.params.getFirst(), value);
      }
    }
    return given.isEmpty() ? null : run.definition().settings().objectNode().setAll(given);
  }

  private RunParameters() {}
}
