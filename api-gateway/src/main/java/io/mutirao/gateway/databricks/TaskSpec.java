package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.Task;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.databricks.TaskField.Cluster;
import io.mutirao.gateway.http.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a task does, as its runner in the core is told.
 *
 * @param field where it stands in the settings
 * @param kind the runner's
 */
record TaskSpec(String field, String kind, Cluster cluster, ObjectNode spec) {

  private static final List<String> OPERATORS =
      List.of(
          "EQUAL_TO",
          "NOT_EQUAL",
          "GREATER_THAN",
          "GREATER_THAN_OR_EQUAL",
          "LESS_THAN",
          "LESS_THAN_OR_EQUAL");

  private static final int MAX_CONCURRENCY = 100;
  private static final Pattern URI = Pattern.compile("[a-z][a-z0-9+.-]*:/.*");

  /** The only one in settings that are to have one. */
  static TaskSpec of(Fields settings) throws Rejected {
    List<String> given = names(settings.node());
    if (given.isEmpty()) {
      throw Rejected.invalid(
          where(settings)
              + "A task is missing: one of "
              + TaskField.names()
              + (where(settings).isEmpty() ? ", or tasks," : "")
              + " is required");
    }
    if (given.size() > 1) {
      throw Rejected.invalid(
          where(settings)
              + "Only one task is allowed, not both "
              + given.get(0)
              + " and "
              + given.get(1));
    }
    String name = given.getFirst();
    Fields task = settings.object(name);
    if (task == null) {
      throw Rejected.field(settings.at(name), "expected an object");
    }
    TaskField field = known(name);
    return field == null
        ? later(name, task)
        : new TaskSpec(name, field.kind, field.cluster, spec(field, task, settings));
  }

  /** The names of the fields that say what a task does. */
  static List<String> names(ObjectNode settings) {
    List<String> names = new ArrayList<>();
    settings
        .fieldNames()
        .forEachRemaining(name -> {
          if (name.endsWith(TaskField.SUFFIX) && settings.hasNonNull(name)) {
            names.add(name);
          }
        });
    return names;
  }

  static @Nullable TaskField known(String name) {
    return Arrays.stream(TaskField.values())
        .filter(field -> field.field.equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Kept as it is; nobody runs it, which a run says. */
  private static TaskSpec later(String name, Fields task) {
    String kind = name.substring(0, name.length() - TaskField.SUFFIX.length());
    return new TaskSpec(name, kind, Cluster.NONE, task.node());
  }

  private static ObjectNode spec(TaskField field, Fields task, Fields settings) throws Rejected {
    return switch (field) {
      case PYTHON -> python(task, settings);
      case NOTEBOOK -> notebook(task);
      case JAR -> jar(task);
      case SUBMIT -> submit(task);
      case PIPELINE -> pipeline(task);
      case RUN_JOB -> runJob(task);
      case WHEEL -> wheel(task);
      case SQL -> sql(task);
      case DBT -> dbt(task);
      case CONDITION -> condition(task);
      case FOR_EACH -> forEach(task);
      case NOOP -> task.node();
    };
  }

  private static ObjectNode python(Fields task, Fields settings) throws Rejected {
    String file = task.text("python_file");
    boolean ofGit = "GIT".equals(task.word("source", List.of("WORKSPACE", "GIT")));
    if (!ofGit && !file.startsWith("/") && !URI.matcher(file).matches()) {
      throw task.wrong("python_file", "a path that starts with dbfs:/, file:/ or /");
    }
    ObjectNode spec = settings.node().objectNode().put("file", file);
    if (ofGit) {
      spec.put("source", "GIT");
    }
    var parameters = spec.putArray("parameters");
    task.texts("parameters").forEach(parameters::add);
    return spec;
  }

  private static ObjectNode notebook(Fields task) throws Rejected {
    boolean ofGit = "GIT".equals(task.word("source", List.of("WORKSPACE", "GIT")));
    if (!task.text("notebook_path").startsWith("/") && !ofGit) {
      throw task.wrong("notebook_path", "an absolute path, which starts with /");
    }
    task.optionalId("revision_timestamp");
    Ascii.map(task, "base_parameters");
    task.optionalText("warehouse_id");
    ObjectNode spec = task.node().objectNode().put("path", task.text("notebook_path"));
    if (ofGit) {
      spec.put("source", "GIT");
    }
    ObjectNode parameters = spec.putObject("parameters");
    if (task.node().get("base_parameters") instanceof ObjectNode given) {
      parameters.setAll(given);
    }
    return spec;
  }

  private static ObjectNode jar(Fields task) throws Rejected {
    task.optionalText("main_class_name");
    task.optionalText("jar_uri");
    task.texts("parameters");
    return task.node();
  }

  private static ObjectNode submit(Fields task) throws Rejected {
    SubmitOptions.check(task, "parameters");
    return task.node();
  }

  private static ObjectNode pipeline(Fields task) throws Rejected {
    return task.node()
        .objectNode()
        .put("pipeline_id", task.text("pipeline_id"))
        .put("full_refresh", task.flag("full_refresh"));
  }

  private static ObjectNode runJob(Fields task) throws Rejected {
    ObjectNode spec = task.node().objectNode();
    spec.put("job", Ids.job(task).value());
    Texts.map(task, "job_parameters");
    if (task.has("job_parameters")) {
      spec.set("jobParameters", task.node().get("job_parameters"));
    }
    ObjectNode parameters = spec.objectNode();
    RunParameters.of(task).forEach(parameters::set);
    if (!parameters.isEmpty()) {
      spec.set("parameters", parameters);
    }
    return spec;
  }

  private static ObjectNode wheel(Fields task) throws Rejected {
    task.text("package_name");
    task.text("entry_point");
    if (task.has("parameters") && task.has("named_parameters")) {
      throw Rejected.invalid(
          task.at("parameters") + " and named_parameters cannot be given together");
    }
    task.texts("parameters");
    Texts.map(task, "named_parameters");
    ObjectNode spec = task.node().deepCopy();
    if (task.has("named_parameters")) {
      // Named or not, they are the parameters: a run's own replace them or are merged with them.
      spec.set("parameters", spec.remove("named_parameters"));
    }
    return spec;
  }

  private static ObjectNode sql(Fields task) throws Rejected {
    task.text("warehouse_id");
    List<String> what = List.of("query", "dashboard", "alert", "file");
    if (what.stream().filter(task::has).count() != 1) {
      throw Rejected.field(task.at("query"), "exactly one of query, dashboard, alert, file");
    }
    for (String name : what) {
      task.object(name);
    }
    Texts.map(task, "parameters");
    return task.node();
  }

  private static ObjectNode dbt(Fields task) throws Rejected {
    if (task.texts("commands").isEmpty()) {
      throw Rejected.field(task.at("commands"), "required field is missing, expected strings");
    }
    return task.node();
  }

  private static ObjectNode condition(Fields task) throws Rejected {
    task.text("op");
    task.word("op", OPERATORS);
    // Empty texts may be compared; only a missing one is a mistake.
    for (String side : List.of("left", "right")) {
      if (task.optionalText(side) == null) {
        task.text(side);
      }
    }
    return task.node();
  }

  private static ObjectNode forEach(Fields task) throws Rejected {
    task.text("inputs");
    int concurrency = task.whole("concurrency", 1, MAX_CONCURRENCY, 1);
    Fields inner = task.object("task");
    if (inner == null) {
      throw Rejected.field(task.at("task"), "required field is missing, expected an object");
    }
    TaskSpec what = of(inner);
    if (what.kind.equals(Task.FOR_EACH)) {
      throw Rejected.field(inner.at(what.field), "a loop cannot stand in a loop");
    }
    ObjectNode spec = task.node().objectNode();
    spec.set("inputs", task.node().get("inputs"));
    spec.put("concurrency", concurrency);
    JsonNode key = inner.node().get("task_key");
    spec.putObject("task")
        .put("key", key == null || key.isNull() ? "iteration" : TaskMapping.key(inner))
        .put("kind", what.kind)
        .set("spec", what.spec);
    return spec;
  }

  /** For messages: where settings stand that are not those of the whole job. */
  static String where(Fields settings) {
    String at = settings.at("");
    return at.isEmpty() ? "" : at.substring(0, at.length() - 1) + ": ";
  }
}
