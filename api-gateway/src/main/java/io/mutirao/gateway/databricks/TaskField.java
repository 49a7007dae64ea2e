package io.mutirao.gateway.databricks;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields that say what a task does; exactly one of them is given. */
enum TaskField {
  NOTEBOOK("notebook_task", "notebook", Cluster.SERVERLESS_TOO, "notebook_params"),
  JAR("spark_jar_task", "jar", Cluster.NEEDED, "jar_params"),
  PYTHON("spark_python_task", "python", Cluster.NEEDED, "python_params"),
  SUBMIT("spark_submit_task", "submit", Cluster.NEEDED, "spark_submit_params"),
  PIPELINE("pipeline_task", "pipeline", Cluster.NONE, "pipeline_params"),
  RUN_JOB("run_job_task", "run_job", Cluster.NONE),
  WHEEL("python_wheel_task", "wheel", Cluster.NEEDED, "python_params", "python_named_params"),
  SQL("sql_task", "sql", Cluster.NONE, "sql_params"),
  DBT("dbt_task", "dbt", Cluster.SERVERLESS_TOO, "dbt_commands"),
  CONDITION("condition_task", "condition", Cluster.NONE),
  FOR_EACH("for_each_task", "for_each", Cluster.NONE),
  /** Our own, for measuring: does nothing. Only workers that are told so run it. */
  NOOP("noop_task", "noop", Cluster.NONE);

  /** Whether a task must say where it runs. */
  enum Cluster {
    NEEDED,
    /** From 2.2 on, a task that says nothing runs where there is room. */
    SERVERLESS_TOO,
    NONE
  }

  /** What the names of all such fields end with, also of those that came later. */
  static final String SUFFIX = "_task";

  /** The field in the settings. */
  final String field;

  /** The kind of the core's task. */
  final String kind;

  final Cluster cluster;

  /** The fields of run-now that replace the task's parameters, at most one of them at a time. */
  @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed.
  final List<String> params;

  TaskField(String field, String kind, Cluster cluster, String... params) {
    this.field = field;
    this.kind = kind;
    this.cluster = cluster;
    this.params = List.of(params);
  }

  /** As the document of 2.0 lists them. */
  static String names() {
    return Stream.of(NOTEBOOK, JAR, PYTHON, SUBMIT, PIPELINE, RUN_JOB)
        .map(task -> task.field)
        .collect(Collectors.joining(", "));
  }
}
