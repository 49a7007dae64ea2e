package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunView;
import io.mutirao.objects.TaskLog;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run printed, and why it failed. */
final class OutputMapping {

  static final String SEVERAL_TASKS =
      "Retrieving the output of runs with multiple tasks is not supported. Please retrieve the"
          + " output of each individual task run instead.";

  static RunWire.Output output(RunView run, Optional<TaskLog> log, String base) {
    String error = error(run);
    return new RunWire.Output(
        RunMapping.run(run, base),
        error,
        error == null ? notebookOutput(run) : null,
        log.map(TaskLog::text).orElse(""),
        log.map(TaskLog::truncated).orElse(false));
  }

  private static @Nullable String error(RunView run) {
    return run.phase() == Phase.FINISHED && run.result() != Result.SUCCEEDED ? run.message() : null;
  }

  /** Of a notebook that ended without dbutils.notebook.exit(): there, but without a result. */
  private static @Nullable ObjectNode notebookOutput(RunView run) {
    ObjectNode settings = run.definition().settings();
    return TaskMapping.given(settings) == TaskField.NOTEBOOK ? settings.objectNode() : null;
  }

  private OutputMapping() {}
}
