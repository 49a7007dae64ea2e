package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run as it is shown. */
final class RunMapping {

  static final String JOB_RUN = "JOB_RUN";

  static RunWire.Page page(RunPage page, String base) {
    return new RunWire.Page(
        page.runs().stream().map(run -> run(run, base)).toList(), page.older() != null);
  }

  static RunWire run(RunView run, String base) {
    ObjectNode settings = run.definition().settings();
    Durations durations = Durations.of(run);
    return new RunWire(
        run.job().value(),
        run.run().value(),
        run.by(),
        run.numberInJob(),
        run.run().value(),
        StateMapping.state(run),
        task(settings),
        ClusterMapping.spec(settings),
        clusterInstance(run, settings),
        overridingParameters(run),
        run.createdAt().toEpochMilli(),
        durations.setup(),
        durations.execution(),
        0,
        run.endedAt() == null ? 0 : run.endedAt().toEpochMilli(),
        "ONE_TIME",
        run.definition().name(),
        base + "/?o=0#job/" + run.job() + "/run/" + run.run(),
        JOB_RUN,
        0);
  }

  private static ObjectNode task(ObjectNode settings) {
    ObjectNode task = settings.objectNode();
    TaskField given = TaskMapping.given(settings);
    return given == null ? task : task.set(given.field, settings.get(given.field));
  }

  private static RunWire.@Nullable ClusterInstance clusterInstance(
      RunView run, ObjectNode settings) {
    String existing = settings.path("existing_cluster_id").asText("");
    if (!existing.isEmpty()) {
      return new RunWire.ClusterInstance(existing);
    }
    return run.startedAt() == null ? null : new RunWire.ClusterInstance("run-" + run.run());
  }

  private static @Nullable Map<String, JsonNode> overridingParameters(RunView run) {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    for (TaskField field : TaskField.values()) {
      JsonNode value = run.parameters().get(field.kind);
      if (field.params != null && value != null) {
        given.put(field.params, value);
      }
    }
    return given.isEmpty() ? null : given;
  }

  /**
   * In milliseconds, never negative though workers' clocks differ; once the run is over, their sum
   * is its whole duration.
   */
  private record Durations(long setup, long execution) {

    static Durations of(RunView run) {
      long whole = since(run.createdAt(), run.endedAt());
      long setup = run.startedAt() == null ? whole : since(run.createdAt(), run.startedAt());
      return run.endedAt() == null
          ? new Durations(setup, 0)
          : new Durations(Math.min(setup, whole), whole - Math.min(setup, whole));
    }

    private static long since(Instant from, @Nullable Instant to) {
      return to == null ? 0 : Math.max(0, Duration.between(from, to).toMillis());
    }
  }

  private RunMapping() {}
}
