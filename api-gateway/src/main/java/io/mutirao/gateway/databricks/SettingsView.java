package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Settings as they are shown. Nothing is added but what the documents show: clients compare what
 * they sent with what they get.
 */
final class SettingsView {

  /** The arrays that come in pieces from 2.2 on. */
  static final List<String> ARRAYS = List.of("tasks", "job_clusters", "environments", "parameters");

  private static final String MULTI_TASK = "MULTI_TASK";

  /** Of a task; in settings of one task they stand beside it. */
  private static final List<String> OF_THE_TASK =
      List.of(
          ClusterMapping.EXISTING,
          ClusterMapping.NEW,
          "environment_key",
          "libraries",
          "max_retries",
          "min_retry_interval_millis",
          "retry_on_timeout");

  static ObjectNode shown(ObjectNode sent, Version version) {
    ObjectNode shown = version.hasTasks() ? severalTasks(sent) : copy(sent);
    shown.put("name", SettingsMapping.name(sent));
    if (shown.has("tasks")) {
      shown.put("format", MULTI_TASK);
    }
    if (sent.get("schedule") instanceof ObjectNode schedule
        && !schedule.hasNonNull("pause_status")) {
      shown.set("schedule", copy(schedule).put("pause_status", "UNPAUSED"));
    }
    return shown;
  }

  /** In a list that was not asked for tasks and clusters. */
  static ObjectNode brief(ObjectNode shown) {
    return shown.without(List.of("tasks", "job_clusters"));
  }

  /** Settings of one task, as those of several that have only this one. */
  static ObjectNode severalTasks(ObjectNode settings) {
    ObjectNode several = copy(settings);
    if (settings.hasNonNull("tasks")) {
      return several;
    }
    ObjectNode task = settings.objectNode().put("task_key", TaskMapping.KEY);
    for (String name : TaskSpec.names(settings)) {
      task.set(name, several.remove(name));
    }
    for (String name : OF_THE_TASK) {
      if (several.has(name)) {
        task.set(name, several.remove(name));
      }
    }
    several.putArray("tasks").add(task);
    return several;
  }

  /** The settings of one task, where its task, cluster and libraries stand. */
  static ObjectNode taskOf(ObjectNode settings, String key) {
    for (var task : settings.path("tasks")) {
      if (task instanceof ObjectNode found && key.equals(found.path("task_key").asText())) {
        return found;
      }
    }
    return settings.hasNonNull("tasks") ? settings.objectNode() : settings;
  }

  private static ObjectNode copy(ObjectNode settings) {
    ObjectNode copy = settings.objectNode();
    copy.setAll(settings);
    return copy;
  }

  private SettingsView() {}
}
