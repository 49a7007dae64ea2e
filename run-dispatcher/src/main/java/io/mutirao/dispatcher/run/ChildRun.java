package io.mutirao.dispatcher.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.run.RunCommand.Parent;
import io.mutirao.contracts.run.RunCommand.RunJob;
import io.mutirao.contracts.run.RunTrigger;
import io.mutirao.dispatcher.graph.References;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A task that runs another job and waits for it (Jobs API 2.1, run_job_task). */
record ChildRun(RunJob command) {

  /** How many tasks may wait above each other. */
  static final int MAX_DEPTH = 10;

  /**
   * The request that the task stands for.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  static ChildRun of(TaskRun task) throws References.Unknown {
    ObjectNode spec = Parameters.of(task);
    if (!spec.path("job").canConvertToLong()) {
      throw new IllegalArgumentException("job: the id of a job is expected");
    }
    Parent above = task.run.fixed.request().parent();
    int depth = above == null ? 1 : above.depth() + 1;
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "Runs wait for each other "
              + MAX_DEPTH
              + " deep, the most that is allowed. Does a job run itself?");
    }
    Map<String, JsonNode> parameters = new HashMap<>();
    spec.path("parameters").properties().forEach(p -> parameters.put(p.getKey(), p.getValue()));
    Map<String, String> jobParameters = new HashMap<>();
    spec.path("jobParameters")
        .properties()
        .forEach(p -> jobParameters.put(p.getKey(), p.getValue().asText()));
    return new ChildRun(
        new RunJob(
            new JobId(spec.path("job").asLong()),
            parameters,
            null,
            task.run.fixed.requestedBy(),
            jobParameters,
            null,
            List.of(),
            RunTrigger.RUN_JOB,
            new Parent(task.run.id(), task.id, depth)));
  }
}
