package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tasks of one run as RunTask. */
record TaskRunMapping(Version version, RunView run, String base) {

  /** What a task says of itself elsewhere, or what only the service reads. */
  private static final List<String> NOT_SHOWN =
      List.of(
          "task_key",
          "max_retries",
          "min_retry_interval_millis",
          "retry_on_timeout",
          "timeout_seconds");

  List<RunWire.TaskRun> all() {
    return run.tasks().stream().map(this::wire).toList();
  }

  RunWire.TaskRun wire(RunView.TaskRun task) {
    StateMapping state = StateMapping.of(task);
    return new RunWire.TaskRun(
        task.id().value(),
        task.key(),
        state.state(version),
        state.status(version),
        Durations.of(task),
        task.attemptNumber(),
        clusterInstance(task),
        base + "/?o=0#job/" + run.job() + "/run/" + task.id(),
        shown(task));
  }

  /** The task itself, what it waits for, its cluster, libraries and notifications. */
  private Map<String, JsonNode> shown(RunView.TaskRun task) {
    ObjectNode settings = settings(task);
    Map<String, JsonNode> shown = new LinkedHashMap<>();
    if (settings.hasNonNull("task_key")) {
      settings.properties().forEach(field -> shown.put(field.getKey(), field.getValue()));
    } else {
      TaskSpec.names(settings).forEach(name -> shown.put(name, settings.get(name)));
      ClusterMapping.spec(settings)
          .properties()
          .forEach(field -> shown.put(field.getKey(), field.getValue()));
    }
    NOT_SHOWN.forEach(shown::remove);
    if (task.outcome() != null && shown.get("condition_task") instanceof ObjectNode condition) {
      shown.put("condition_task", condition.deepCopy().put("outcome", task.outcome()));
    }
    if (task.childRun() != null && shown.get("run_job_task") instanceof ObjectNode child) {
      shown.put("run_job_task", child.deepCopy().put("run_id", task.childRun().value()));
    }
    if (task.iteration() == null && shown.get("for_each_task") instanceof ObjectNode loop) {
      shown.put("for_each_task", loop.deepCopy().set("stats", stats(task)));
    }
    return shown;
  }

  /** Of a loop; null of anything else. */
  @Nullable List<RunWire.TaskRun> iterations(RunView.TaskRun loop) {
    List<RunView.TaskRun> iterations = iterationsOf(loop);
    return iterations.isEmpty() ? null : iterations.stream().map(this::wire).toList();
  }

  private List<RunView.TaskRun> iterationsOf(RunView.TaskRun loop) {
    return loop.iteration() != null
        ? List.of()
        : run.iterations().stream().filter(task -> task.key().equals(loop.key())).toList();
  }

  /** ForEachStats: how many iterations there are, and how far they are. */
  private ObjectNode stats(RunView.TaskRun loop) {
    List<RunView.TaskRun> all = iterationsOf(loop);
    long over = all.stream().filter(task -> task.phase() == Phase.FINISHED).count();
    long good = all.stream().filter(task -> task.result() == Result.SUCCEEDED).count();
    long active =
        all.stream()
            .filter(task -> task.phase() == Phase.RUNNING || task.phase() == Phase.TERMINATING)
            .count();
    ObjectNode stats = run.definition().settings().objectNode();
    stats
        .putObject("task_run_stats")
        .put("total_iterations", all.size())
        .put("active_iterations", active)
        .put("scheduled_iterations", all.size() - over - active)
        .put("completed_iterations", over)
        .put("succeeded_iterations", good)
        .put("failed_iterations", over - good);
    return stats;
  }

  /** Where the settings tell of a task. */
  ObjectNode settings(RunView.TaskRun task) {
    return SettingsView.taskOf(run.definition().settings(), task.key());
  }

  /** JobTask: only what says what it does. */
  static ObjectNode task(ObjectNode settings) {
    ObjectNode task = settings.objectNode();
    TaskSpec.names(settings).stream()
        .filter(name -> settings.get(name).isObject())
        .forEach(name -> task.set(name, settings.get(name)));
    return task;
  }

  /** The first attempt of the same task in the same execution of the run. */
  long firstAttempt(RunView.TaskRun task) {
    return Stream.concat(run.earlier().stream(), run.tasks().stream())
        .filter(other -> other.key().equals(task.key()) && other.repair() == task.repair())
        .findFirst()
        .orElse(task)
        .id()
        .value();
  }

  RunWire.@Nullable ClusterInstance clusterInstance(RunView.TaskRun task) {
    String context = task.startedAt() == null ? null : "task-" + task.id();
    String existing = settings(task).path(ClusterMapping.EXISTING).asText("");
    if (!existing.isEmpty()) {
      return new RunWire.ClusterInstance(existing, context);
    }
    return task.startedAt() == null
        ? null
        : new RunWire.ClusterInstance("run-" + run.run(), context);
  }
}
