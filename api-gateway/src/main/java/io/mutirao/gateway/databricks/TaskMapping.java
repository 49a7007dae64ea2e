package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.Task;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one task of the settings as a task of the core. */
final class TaskMapping {

  /** Of a job that has one task only, its key. */
  static final String KEY = "main";

  static Task task(Fields settings) throws Rejected {
    List<TaskField> given = new ArrayList<>();
    for (TaskField field : TaskField.values()) {
      if (settings.has(field.field)) {
        given.add(field);
      }
    }
    if (given.isEmpty()) {
      throw Rejected.invalid("A task is missing: one of " + TaskField.names() + " is required");
    }
    if (given.size() > 1) {
      throw Rejected.invalid(
          "Only one task is allowed, not both "
              + given.get(0).field
              + " and "
              + given.get(1).field);
    }
    return task(given.getFirst(), settings);
  }

  /** Where the task stands in settings that were accepted once; null in settings of others. */
  static @Nullable TaskField given(ObjectNode settings) {
    for (TaskField field : TaskField.values()) {
      if (settings.path(field.field).isObject()) {
        return field;
      }
    }
    return null;
  }

  private static Task task(TaskField field, Fields settings) throws Rejected {
    Fields task = settings.object(field.field);
    if (task == null) {
      throw Rejected.field(field.field, "expected an object");
    }
    ObjectNode spec =
        switch (field) {
          case PYTHON -> python(task);
          case NOTEBOOK -> notebook(task);
          case JAR -> jar(task);
          case SUBMIT -> list(task);
          case PIPELINE -> required(task, "pipeline_id");
          case RUN_JOB -> runJob(task);
          case NOOP -> task.node();
        };
    return Task.of(KEY, field.kind, spec);
  }

  private static ObjectNode python(Fields task) throws Rejected {
    String file = task.text("python_file");
    if (!file.startsWith("dbfs:/") && !file.startsWith("file:/") && !file.startsWith("/")) {
      throw task.wrong("python_file", "a path that starts with dbfs:/, file:/ or /");
    }
    ObjectNode spec = JsonNodeFactory.instance.objectNode().put("file", file);
    ArrayNode parameters = spec.putArray("parameters");
    task.texts("parameters").forEach(parameters::add);
    return spec;
  }

  private static ObjectNode notebook(Fields task) throws Rejected {
    if (!task.text("notebook_path").startsWith("/")) {
      throw task.wrong("notebook_path", "an absolute path, which starts with /");
    }
    task.optionalId("revision_timestamp");
    Ascii.map(task, "base_parameters");
    return task.node();
  }

  private static ObjectNode jar(Fields task) throws Rejected {
    task.optionalText("main_class_name");
    task.optionalText("jar_uri");
    return list(task);
  }

  private static ObjectNode list(Fields task) throws Rejected {
    task.texts("parameters");
    return task.node();
  }

  private static ObjectNode required(Fields task, String name) throws Rejected {
    task.text(name);
    return task.node();
  }

  private static ObjectNode runJob(Fields task) throws Rejected {
    task.id("job_id");
    return task.node();
  }

  private TaskMapping() {}
}
