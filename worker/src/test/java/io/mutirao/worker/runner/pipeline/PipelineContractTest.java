package io.mutirao.worker.runner.pipeline;

import static io.mutirao.worker.runner.Trial.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.runner.RunnerContract;
import io.mutirao.worker.execution.WorkerStage;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.runner.notebook.NotebookPython;
import io.mutirao.worker.runner.notebook.NotebookRunner;
import io.mutirao.worker.runner.python.PythonContractTest;
import io.mutirao.worker.runner.python.PythonRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class PipelineContractTest extends RunnerContract {

  @TempDir Path folder;
  private WorkerStage stage;

  @Override
  protected Stage open() throws Exception {
    Interpreter python = Interpreter.resolve("python3");
    Libraries libraries =
        new Libraries(MavenRepositories.withoutSettings(), new LibraryFiles(true));
    stage =
        new WorkerStage(
            folder,
            python,
            new PipelineRunner(
                (_, _, _, _) ->
                    new Pipelines.Begins(
                        "u-1", json("{'libraries':[{'file':{'path':'/main.py'}}]}")),
                new NotebookRunner(new NotebookPython(Optional.empty(), python), libraries),
                new PythonRunner(python.path(), true, libraries, null),
                python.path()));
    return stage;
  }

  @Override
  protected ObjectNode spec(Deed deed) throws IOException {
    stage.holding("workspace/main.py", PythonContractTest.code(deed));
    return json("{'pipeline_id':'p'}");
  }

  /** It says itself which of its steps begins. */
  @Override
  protected byte[] printedByTheTask(byte[] printed) {
    String own = "[1 of 1] /main.py\n";
    String all = new String(printed, ISO_8859_1);
    assertThat(all).startsWith(own);
    return all.substring(own.length()).getBytes(ISO_8859_1);
  }
}
