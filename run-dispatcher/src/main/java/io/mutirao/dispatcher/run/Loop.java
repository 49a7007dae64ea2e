package io.mutirao.dispatcher.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.dispatcher.graph.References;
import java.util.ArrayList;
import java.util.List;

/**
 * A task that runs an inner task once per input, some of them at a time (Jobs API 2.1,
 * for_each_task).
 *
 * @param inputs what {@code {{input}}} stands for, in the order of the iterations
 * @param concurrency how many run at a time
 */
record Loop(List<JsonNode> inputs, int concurrency) {

  /** The most iterations of one loop. */
  static final int MAX_INPUTS = 5_000;

  /**
   * What a task's spec says, with references replaced.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  static Loop of(TaskRun task) throws References.Unknown {
    ObjectNode spec = task.task.spec();
    JsonNode given = References.resolve(spec.path("inputs"), new Values(task));
    JsonNode read = given.isTextual() ? parse(given.textValue()) : given;
    if (!(read instanceof ArrayNode array)) {
      throw new IllegalArgumentException("inputs: a JSON array is expected, not " + given);
    }
    if (array.size() > MAX_INPUTS) {
      throw new IllegalArgumentException(
          "inputs: at most " + MAX_INPUTS + " are allowed, not " + array.size());
    }
    List<JsonNode> inputs = new ArrayList<>();
    array.forEach(inputs::add);
    return new Loop(inputs, Math.max(1, spec.path("concurrency").asInt(1)));
  }

  private static JsonNode parse(String text) {
    try {
      return Codec.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("inputs: not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The inner task, under the key of its loop. */
  static Task inner(Task loop) {
    JsonNode inner = loop.spec().path("task");
    ObjectNode spec =
        inner.path("spec") instanceof ObjectNode object ? object : Codec.JSON.createObjectNode();
    return new Task(
        loop.key(),
        inner.path("kind").asText(),
        spec,
        loop.pool(),
        List.of(),
        null,
        null,
        null,
        null,
        null,
        loop.setup());
  }
}
