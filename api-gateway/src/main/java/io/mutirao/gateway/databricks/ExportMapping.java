package io.mutirao.gateway.databricks;

import io.mutirao.contracts.run.RunView;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import java.util.Optional;

/** runs/export: what a notebook shows, as HTML. */
final class ExportMapping {

  private static final List<String> VIEWS = List.of("CODE", "DASHBOARDS", "ALL");

  /** Whether the notebook itself is wanted; there are no dashboards here. */
  static boolean wantsCode(Fields in) throws Rejected {
    return !"DASHBOARDS".equals(in.word("views_to_export", VIEWS));
  }

  static void requireNotebook(RunView run, RunView.TaskRun task) throws Rejected {
    if (!OutputMapping.isNotebook(run, task)) {
      throw Rejected.invalid(
          "run_id: expected a run of a notebook; only those can be exported, and run "
              + task.id()
              + " is none");
    }
  }

  static RunWire.Views views(RunView run, RunView.TaskRun task, Optional<String> html)
      throws Rejected {
    String content =
        html.orElseThrow(() ->
            Rejected.invalid("run_id: the notebook of this run left nothing that can be exported"));
    String path =
        SettingsView.taskOf(run.definition().settings(), task.key())
            .path(TaskField.NOTEBOOK.field)
            .path("notebook_path")
            .asText();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return new RunWire.Views(List.of(new RunWire.View(content, name, "NOTEBOOK")));
  }

  private ExportMapping() {}
}
