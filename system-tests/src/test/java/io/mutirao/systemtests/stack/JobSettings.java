package io.mutirao.systemtests.stack;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of a job, as {@code jobs/create} takes them. */
public record JobSettings(Map<String, Object> fields) {

  /** A job that runs a script on a worker's disk. */
  public static JobSettings python(Path script, String... parameters) {
    return python("file:" + script, parameters);
  }

  public static JobSettings python(String file, String... parameters) {
    return new JobSettings(Map.of("existing_cluster_id", "default"))
        .with("spark_python_task", Map.of("python_file", file, "parameters", List.of(parameters)));
  }

  /** A job that does nothing. */
  public static JobSettings noop() {
    return new JobSettings(Map.of("existing_cluster_id", "default")).with("noop_task", Map.of());
  }

  public JobSettings atMost(int concurrentRuns) {
    return with("max_concurrent_runs", concurrentRuns);
  }

  public JobSettings with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new JobSettings(more);
  }
}
