package io.mutirao.worker.runner.pipeline;

import static io.mutirao.worker.runner.Trial.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.IntNode;
import io.mutirao.runner.Plan;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.runner.Trial;
import io.mutirao.worker.runner.notebook.NotebookPython;
import io.mutirao.worker.runner.notebook.NotebookRunner;
import io.mutirao.worker.runner.pipeline.PipelineRunner.Spec;
import io.mutirao.worker.runner.python.PythonRunner;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class PipelineRunnerTest {

  @TempDir Path folder;
  private Path interpreter;
  private NotebookPython python;
  private final Libraries libraries =
      new Libraries(MavenRepositories.withoutSettings(), new LibraryFiles(true));
  private Trial trial;
  private String definition = "{}";

  @BeforeEach
  void open() throws Exception {
    trial = new Trial(folder, "{}");
    Interpreter ours = Interpreter.resolve("python3");
    interpreter = ours.path();
    python = new NotebookPython(Optional.empty(), ours);
  }

  @AfterEach
  void close() {
    trial.bench.close();
  }

  @Test
  void whatItNamesRunsInItsOrder() throws Exception {
    assumeTrue(
        python.find().isPresent(),
        "SKIPPED: no interpreter here has nbclient and ipykernel; notebooks are not tested");
    trial.bench.put(
        "workspace/p/first",
        "# Databricks notebook source\nprint('one', dbutils.widgets.get('who'))\n"
            + "dbutils.jobs.taskValues.set('rows', 7)");
    trial.bench.put(
        "workspace/p/second.py",
        "import os, json; print('two', json.loads(os.environ['MUTIRAO_PIPELINE']))");
    trial.bench.put("workspace/p/all/b.sql", "select 6 * 7 as answer");
    trial.bench.put("workspace/p/all/a.py", "# Databricks notebook source\n# MAGIC %sh echo three");
    trial.bench.put("workspace/p/all/README.md", "nothing that runs");
    definition =
        "{'name':'flow','configuration':{'who':'ana'},'libraries':["
            + "{'notebook':{'path':'/Workspace/p/first'}},{'file':{'path':'/p/second.py'}},"
            + "{'glob':{'include':'/p/all/**'}}]}";

    Plan plan = plan(new Spec("p-1", null, true, null));
    Trial.Printed printed = trial.run(plan);

    assertThat(printed.code()).as(printed.text()).isZero();
    assertThat(printed.text())
        .containsSubsequence(
            "[1 of 4] /Workspace/p/first\n",
            "one ana\n",
            "[2 of 4] /p/second.py\n",
            "two {'pipeline_id': 'p-1', 'update_id': 'u-1', 'name': 'flow', 'full_refresh': True,",
            "[3 of 4] /p/all/a.py\n",
            "three\n",
            "[4 of 4] /p/all/b.sql\n",
            "answer\n42\n");
    assertThat(runner().results(new Spec("p-1", null, true, null), trial.attempt).values())
        .isEqualTo(Map.of("rows", IntNode.valueOf(7)));
  }

  @Test
  void theFirstThatFailsEndsItAndIsNamed() throws Exception {
    trial.bench.put("workspace/p/good.py", "print('good')");
    trial.bench.put("workspace/p/bad.py", "raise ValueError('no rows')");
    definition =
        "{'libraries':[{'file':{'path':'/p/good.py'}},{'file':{'path':'/p/bad.py'}},"
            + "{'file':{'path':'/p/good.py'}}]}";

    Spec spec = new Spec("p-1", "u-7", false, null);
    Trial.Printed printed = trial.run(plan(spec));

    assertThat(printed.code()).isEqualTo(1);
    assertThat(printed.text()).contains("[2 of 3]").doesNotContain("[3 of 3]");
    assertThat(runner().results(spec, trial.attempt).failure())
        .isEqualTo("/p/bad.py failed: ValueError: no rows");
  }

  @Test
  void whatIsMissingShowsBeforeAnythingRan() throws Exception {
    trial.bench.put("workspace/p/good.py", "print('good')");
    definition = "{'libraries':[{'file':{'path':'/p/good.py'}},{'file':{'path':'/p/missing.py'}}]}";

    assertThat(plan(new Spec("p-1", null, null, null)))
        .isEqualTo(
            new Plan.Rejected("/p/missing.py: /p/missing.py does not exist", Plan.Why.NOT_FOUND));
  }

  @Test
  void aPipelineThatIsNotThereIsNamed() throws Exception {
    assertThat(plan(new Spec("other", null, null, null)))
        .isEqualTo(new Plan.Rejected("there is no pipeline other", Plan.Why.NOT_FOUND));
    assertThat(plan(new Spec(null, null, null, null)))
        .isEqualTo(new Plan.Rejected("no pipeline is named", Plan.Why.INVALID));
  }

  @Test
  void aRunsOwnParameterSaysWhetherItIsWhole() throws Exception {
    assertThat(new Spec("p", null, false, null).fullRefresh()).isFalse();
    assertThat(new Spec("p", null, null, null).fullRefresh()).isFalse();
    assertThat(new Spec("p", null, true, null).fullRefresh()).isTrue();
    assertThat(
            new Spec("p", null, true, Map.of("full_refresh", json("{'x':false}").get("x")))
                .fullRefresh())
        .isFalse();
  }

  private Plan plan(Spec spec) throws Exception {
    return runner().plan(spec, trial.attempt);
  }

  private PipelineRunner runner() {
    return new PipelineRunner(
        (pipeline, update, _, _) ->
            pipeline.equals("p-1")
                ? new Pipelines.Begins(update == null ? "u-1" : update, json(definition))
                : new Pipelines.Refused("there is no pipeline " + pipeline, Plan.Why.NOT_FOUND),
        new NotebookRunner(python, libraries),
        new PythonRunner(interpreter, true, libraries, null),
        interpreter);
  }
}
