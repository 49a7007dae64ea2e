package io.mutirao.dispatcher.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.Task;
import io.mutirao.dispatcher.graph.References;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A task's spec with the parameters of its run. Positional ones replace the task's; named ones are
 * merged with them, name by name (Jobs API 2.0, notebook_params). Values of job parameters go to
 * every task that takes named ones, and win (Jobs API 2.1, job_parameters). Then dynamic value
 * references are replaced: in the parameters of what a worker runs, everywhere in conditions and
 * requests for other runs. Of a loop its inputs are replaced by {@link Loop}.
 */
final class Parameters {

  private static final String PARAMETERS = "parameters";
  private static final Set<String> OUR_KINDS = Set.of(Task.CONDITION, Task.RUN_JOB);

  static ObjectNode of(TaskRun task) throws References.Unknown {
    ObjectNode spec = merged(task);
    Values values = new Values(task);
    if (OUR_KINDS.contains(task.task.kind())) {
      return (ObjectNode) References.resolve(spec, values);
    }
    JsonNode parameters = spec.get(PARAMETERS);
    if (parameters == null || !parameters.toString().contains("{{")) {
      return spec;
    }
    ObjectNode own = spec.deepCopy();
    return own.set(PARAMETERS, References.resolve(parameters, values));
  }

  private static ObjectNode merged(TaskRun task) {
    Run run = task.run;
    ObjectNode spec = task.task.spec();
    JsonNode given = run.fixed.request().parameters().get(task.task.kind());
    Map<String, String> ofJob = ofJob(run);
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
    ofJob.forEach(merged::put);
    return own;
  }

  /** The values of the job's parameters in this run, by name. */
  static Map<String, String> ofJob(Run run) {
    Map<String, String> values = new HashMap<>(run.fixed.definition().parameters());
    values.putAll(run.fixed.request().jobParameters());
    return values;
  }

  private Parameters() {}
}
