package io.mutirao.gateway.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import java.util.LinkedHashSet;
import java.util.Set;

/** The jobs that the tasks of a job run. Pure. */
final class RunsOthers {

  static Set<JobId> of(JobDefinition definition) {
    Set<JobId> others = new LinkedHashSet<>();
    for (Task task : definition.tasks()) {
      add(task.kind(), task.spec(), others);
    }
    return others;
  }

  /** Those that were not among the others before. */
  static Set<JobId> added(JobDefinition before, JobDefinition after) {
    Set<JobId> others = of(after);
    others.removeAll(of(before));
    return others;
  }

  private static void add(String kind, JsonNode spec, Set<JobId> to) {
    if (kind.equals(Task.RUN_JOB)) {
      to.add(new JobId(spec.path("job").asLong()));
    } else if (kind.equals(Task.FOR_EACH)) {
      JsonNode inner = spec.path("task");
      add(inner.path("kind").asText(), inner.path("spec"), to);
    }
  }

  private RunsOthers() {}
}
