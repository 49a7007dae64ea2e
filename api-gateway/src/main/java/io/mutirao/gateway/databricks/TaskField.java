package io.mutirao.gateway.databricks;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields that say what a job does: exactly one of them is given. */
enum TaskField {
  NOTEBOOK("notebook_task", "notebook", "notebook_params", true),
  JAR("spark_jar_task", "jar", "jar_params", true),
  PYTHON("spark_python_task", "python", "python_params", true),
  SUBMIT("spark_submit_task", "submit", "spark_submit_params", true),
  PIPELINE("pipeline_task", "pipeline", null, false),
  RUN_JOB("run_job_task", "run_job", null, false),
  /** Our own, for measuring: does nothing. Only workers that are told so run it. */
  NOOP("noop_task", "noop", null, false);

  /** The field in the settings. */
  final String field;

  /** The kind of the core's task. */
  final String kind;

  /** The field of run-now that replaces the task's parameters, if there is one. */
  final @Nullable String params;

  final boolean needsCluster;

  TaskField(String field, String kind, @Nullable String params, boolean needsCluster) {
    this.field = field;
    this.kind = kind;
    this.params = params;
    this.needsCluster = needsCluster;
  }

  static String names() {
    return Arrays.stream(values())
        .filter(task -> task != NOOP)
        .map(task -> task.field)
        .collect(Collectors.joining(", "));
  }
}
