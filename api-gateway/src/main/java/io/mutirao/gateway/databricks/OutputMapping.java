package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunView;
import io.mutirao.objects.TaskLog;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a task of a run printed, and why it failed. */
final class OutputMapping {

  static final String SEVERAL_TASKS =
      "Retrieving the output of runs with multiple tasks is not supported. Please retrieve the"
          + " output of each individual task run instead.";

  /** How Python begins to tell where a program failed. */
  private static final String TRACE = "Traceback (most recent call last):";

  /**
   * The answer of runs/get-output.
   *
   * @param metadata the run as it is shown
   * @param result what the task gave back, as its runner says it
   */
  static RunWire.Output output(
      RunWire metadata,
      RunView run,
      RunView.TaskRun task,
      Optional<TaskLog> log,
      Optional<ObjectNode> result) {
    String error = error(task);
    String text = log.map(TaskLog::text).orElse("");
    return new RunWire.Output(
        metadata,
        error,
        task.result() == Result.FAILED ? trace(text) : null,
        error == null ? notebookOutput(run, task, result) : null,
        runJobOutput(run, task),
        error == null ? sqlOutput(run, task, result) : null,
        text,
        log.map(TaskLog::truncated).orElse(false));
  }

  private static @Nullable String error(RunView.TaskRun task) {
    return task.phase() == Phase.FINISHED && task.result() != Result.SUCCEEDED
        ? task.message()
        : null;
  }

  /** From the last beginning of one to the end of what was printed. */
  private static @Nullable String trace(String log) {
    int begin = log.lastIndexOf(TRACE);
    return begin < 0 ? null : log.substring(begin).stripTrailing();
  }

  /** Of a notebook that ended without dbutils.notebook.exit(): there, but without a result. */
  private static @Nullable ObjectNode notebookOutput(
      RunView run, RunView.TaskRun task, Optional<ObjectNode> result) {
    if (!isNotebook(run, task)) {
      return null;
    }
    ObjectNode output = run.definition().settings().objectNode();
    result
        .filter(given -> given.hasNonNull("value"))
        .ifPresent(given ->
            output
                .put("result", given.path("value").asText())
                .put("truncated", given.path("truncated").asBoolean()));
    return output;
  }

  static boolean isNotebook(RunView run, RunView.TaskRun task) {
    return SettingsView.taskOf(run.definition().settings(), task.key())
        .hasNonNull(TaskField.NOTEBOOK.field);
  }

  /** SqlOutput; its rows stand in it, for there are no pages of results to link to. */
  private static @Nullable ObjectNode sqlOutput(
      RunView run, RunView.TaskRun task, Optional<ObjectNode> result) {
    ObjectNode settings = run.definition().settings();
    JsonNode sql = SettingsView.taskOf(settings, task.key()).path(TaskField.SQL.field);
    if (!sql.isObject() || result.isEmpty()) {
      return null;
    }
    ObjectNode query = result.get().deepCopy();
    query.set("warehouse_id", sql.path("warehouse_id"));
    return settings.objectNode().set("query_output", query);
  }

  private static @Nullable ObjectNode runJobOutput(RunView run, RunView.TaskRun task) {
    return task.childRun() == null
        ? null
        : run.definition().settings().objectNode().put("run_id", task.childRun().value());
  }

  private OutputMapping() {}
}
