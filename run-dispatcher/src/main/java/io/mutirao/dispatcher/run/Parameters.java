package io.mutirao.dispatcher.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task's spec with the parameters of its run. Positional ones replace the task's; named ones are
 * merged with them, name by name (Jobs API 2.0, notebook_params). Values of job parameters go to
 * every task that takes named ones, and win (Jobs API 2.1, job_parameters).
 */
final class Parameters {

  private static final String PARAMETERS = "parameters";

  static ObjectNode of(TaskRun task) {
    Run run = task.run;
    ObjectNode spec = task.task.spec();
    JsonNode given = run.fixed.request().parameters().get(task.task.kind());
    Map<String, String> ofJob = run.fixed.definition().parameters();
    boolean named = spec.get(PARAMETERS) instanceof ObjectNode || given instanceof ObjectNode;
    if (given == null && (ofJob.isEmpty() || !named)) {
      return spec;
    }
    ObjectNode own = spec.deepCopy();
    if (!named) {
      return own.set(PARAMETERS, given);
    }
    ObjectNode merged = own.withObject("/" + PARAMETERS);
    if (given instanceof ObjectNode object) {
      merged.setAll(object);
    }
    ofJob.forEach((name, value) -> merged.put(name, valueOf(run, name, value)));
    return own;
  }

  private static @Nullable String valueOf(Run run, String name, String otherwise) {
    return run.fixed.request().jobParameters().getOrDefault(name, otherwise);
  }

  private Parameters() {}
}
