package io.mutirao.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a program left behind, besides what it printed.
 *
 * @param output for who asks for the task's output, in words of its kind: kept beside its log;
 *     null: nothing
 * @param values what it tells other tasks of its run, by key
 * @param view a file in the attempt's folder with a page of HTML that shows what was done; null:
 *     none
 * @param failure one line: the task has failed, whatever its exit code; null: the exit code decides
 */
public record Results(
    @Nullable ObjectNode output,
    Map<String, JsonNode> values,
    @Nullable Path view,
    @Nullable String failure) {

  public static final Results NONE = new Results(null, Map.of(), null, null);

  public Results {
    values = Map.copyOf(values);
  }

  /** Without what nobody may see, in the output and in what other tasks are told. */
  public Results masked(UnaryOperator<JsonNode> mask) {
    Map<String, JsonNode> told = new HashMap<>();
    values.forEach((key, value) -> told.put(key, mask.apply(value)));
    ObjectNode shown =
        output != null && mask.apply(output) instanceof ObjectNode other ? other : output;
    return new Results(shown, told, view, failure);
  }

  /** Only an output. */
  public static Results of(ObjectNode output) {
    return new Results(output, Map.of(), null, null);
  }
}
