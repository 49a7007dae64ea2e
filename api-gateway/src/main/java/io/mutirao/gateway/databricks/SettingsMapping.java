package io.mutirao.gateway.databricks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import java.util.Map;

/** JobSettings as a job's definition. The settings themselves are kept as they were sent. */
final class SettingsMapping {

  static final String DIALECT = "databricks";
  static final String UNTITLED = "Untitled";

  private static final int MAX_NAME_BYTES = 4096;

  static JobDefinition definition(Fields settings) throws Rejected {
    Task task = TaskMapping.task(settings);
    String pool = ClusterMapping.pool(settings, task.kind());
    SettingsOutline.check(settings);
    return new JobDefinition(
        name(settings),
        List.of(task),
        maxConcurrentRuns(settings),
        settings.whole("timeout_seconds", 0, Integer.MAX_VALUE, 0),
        pool,
        DIALECT,
        settings.node(),
        null,
        null,
        null,
        Map.of(),
        null,
        null,
        null);
  }

  /** The name to show; clients rely on there being one. */
  static String name(ObjectNode settings) {
    String name = settings.path("name").asText("");
    return name.isEmpty() || settings.path("name").isNull() ? UNTITLED : name;
  }

  private static String name(Fields settings) throws Rejected {
    String name = settings.optionalText("name");
    if (name != null && name.getBytes(UTF_8).length > MAX_NAME_BYTES) {
      throw Rejected.field("name", "at most " + MAX_NAME_BYTES + " bytes in UTF-8 are allowed");
    }
    return name == null || name.isEmpty() ? UNTITLED : name;
  }

  private static int maxConcurrentRuns(Fields settings) throws Rejected {
    return settings.whole("max_concurrent_runs", 0, JobDefinition.MAX_CONCURRENT_RUNS, 1);
  }

  private SettingsMapping() {}
}
