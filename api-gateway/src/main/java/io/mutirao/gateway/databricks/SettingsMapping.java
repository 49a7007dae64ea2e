package io.mutirao.gateway.databricks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobTrigger;
import io.mutirao.contracts.job.RetryPolicy;
import io.mutirao.contracts.job.Task;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JobSettings, and what runs/submit takes, as a job's definition. The settings themselves are kept
 * as they were sent; every field that is known is checked, with its path.
 */
final class SettingsMapping {

  static final String DIALECT = "databricks";
  static final String UNTITLED = "Untitled";

  private static final int MAX_NAME_BYTES = 4096;

  /** Fields of a task, which stand beside the task itself when there is only one. */
  private static final List<String> OF_A_TASK =
      List.of(
          ClusterMapping.EXISTING,
          ClusterMapping.NEW,
          "libraries",
          "max_retries",
          "min_retry_interval_millis",
          "retry_on_timeout");

  /** A saved job. */
  static JobDefinition job(Fields settings, Version version) throws Rejected {
    settings.word("format", List.of("SINGLE_TASK", "MULTI_TASK"));
    settings.word("edit_mode", List.of("UI_LOCKED", "EDITABLE"));
    return definition(
        settings,
        name(settings, "name"),
        version,
        settings.whole("max_concurrent_runs", 0, JobDefinition.MAX_CONCURRENT_RUNS, 1),
        TriggerMapping.trigger(settings));
  }

  /** A run of no saved job. */
  static JobDefinition submitted(Fields request, Version version) throws Rejected {
    return definition(request, name(request, "run_name"), version, 1, null);
  }

  private static JobDefinition definition(
      Fields settings,
      String name,
      Version version,
      int maxConcurrentRuns,
      @Nullable JobTrigger trigger)
      throws Rejected {
    boolean several = settings.has("tasks");
    Clusters clusters = Clusters.of(settings, version);
    List<Task> tasks = several ? several(settings, clusters) : only(settings, clusters);
    SettingsOutline.check(settings);
    RetryPolicy retry = TaskMapping.retry(settings);
    return new JobDefinition(
        name,
        tasks,
        maxConcurrentRuns,
        settings.whole("timeout_seconds", 0, Integer.MAX_VALUE, 0),
        pool(settings),
        DIALECT,
        settings.node(),
        queue(settings, version),
        several ? null : retry,
        HealthMapping.warnAfterSeconds(settings),
        parameters(settings),
        trigger,
        NotificationsMapping.notifications(settings),
        RunAs.name(settings));
  }

  private static List<Task> only(Fields settings, Clusters clusters) throws Rejected {
    Libraries.check(settings, TaskSpec.of(settings));
    return List.of(TaskMapping.only(settings, clusters));
  }

  private static List<Task> several(Fields settings, Clusters clusters) throws Rejected {
    List<String> misplaced = new ArrayList<>(TaskSpec.names(settings.node()));
    OF_A_TASK.stream().filter(settings::has).forEach(misplaced::add);
    if (!misplaced.isEmpty()) {
      throw Rejected.field(
          settings.at(misplaced.getFirst()), "belongs into the tasks when tasks is given");
    }
    return TaskMapping.several(settings, clusters);
  }

  private static String pool(Fields settings) throws Rejected {
    String existing = settings.optionalText(ClusterMapping.EXISTING);
    return existing == null ? JobDefinition.DEFAULT_POOL : existing;
  }

  private static @Nullable Boolean queue(Fields settings, Version version) throws Rejected {
    Fields queue = settings.object("queue");
    if (queue == null) {
      return version.hasPieces() ? Boolean.TRUE : null;
    }
    if (!queue.has("enabled")) {
      throw Rejected.field(
          queue.at("enabled"), "required field is missing, expected true or false");
    }
    return queue.flag("enabled");
  }

  private static Map<String, String> parameters(Fields settings) throws Rejected {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Fields parameter : settings.objects("parameters")) {
      String name = parameter.text("name");
      if (!name.matches("[\\w.-]+")) {
        throw parameter.wrong("name", "letters, digits, _, - and .");
      }
      String otherwise = parameter.optionalText("default");
      if (otherwise == null) {
        throw Rejected.field(
            parameter.at("default"), "required field is missing, expected a string");
      }
      if (parameters.put(name, otherwise) != null) {
        throw parameter.wrong("name", "a name that no other parameter has");
      }
    }
    return parameters;
  }

  /** The name to show; clients rely on there being one. */
  static String name(ObjectNode settings) {
    String name = settings.path("name").asText("");
    return name.isEmpty() || settings.path("name").isNull() ? UNTITLED : name;
  }

  private static String name(Fields settings, String field) throws Rejected {
    String name = settings.optionalText(field);
    if (name != null && name.getBytes(UTF_8).length > MAX_NAME_BYTES) {
      throw Rejected.field(field, "at most " + MAX_NAME_BYTES + " bytes in UTF-8 are allowed");
    }
    return name == null || name.isBlank() ? UNTITLED : name;
  }

  private SettingsMapping() {}
}
