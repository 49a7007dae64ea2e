package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What is to be ready around a task, as its runner is told: all that it refers to is put in. */
final class TaskSetup {

  /**
   * Of one task.
   *
   * @param task where its libraries and its cluster stand
   * @param settings of the whole job: what tasks refer to
   * @return null: nothing
   */
  static @Nullable ObjectNode of(ObjectNode task, TaskSpec what, ObjectNode settings) {
    if (what.field().equals(TaskField.FOR_EACH.field)
        && task.path(what.field()).path("task") instanceof ObjectNode inner) {
      return of(inner, settings);
    }
    return what.field().equals(TaskField.NOOP.field) ? null : of(task, settings);
  }

  private static @Nullable ObjectNode of(ObjectNode task, ObjectNode settings) {
    ObjectNode setup = settings.objectNode();
    put(setup, "libraries", task.path("libraries"));
    put(setup, "cluster", task.path(ClusterMapping.NEW));
    named(task, "job_cluster_key", settings.path("job_clusters"), setup, "cluster", "new_cluster");
    named(task, "environment_key", settings.path("environments"), setup, "environment", "spec");
    put(setup, "git", settings.path("git_source"));
    return setup.isEmpty() ? null : setup;
  }

  private static void named(
      ObjectNode task, String key, JsonNode all, ObjectNode setup, String as, String part) {
    String wanted = task.path(key).asText("");
    for (JsonNode one : all) {
      if (!wanted.isEmpty() && one.path(key).asText("").equals(wanted)) {
        put(setup, as, one.path(part));
      }
    }
  }

  private static void put(ObjectNode setup, String name, JsonNode value) {
    if (value.isContainerNode() && !value.isEmpty()) {
      setup.set(name, value);
    }
  }

  private TaskSetup() {}
}
