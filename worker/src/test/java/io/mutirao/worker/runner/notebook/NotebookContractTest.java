package io.mutirao.worker.runner.notebook;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.runner.RunnerContract;
import io.mutirao.worker.execution.WorkerStage;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.runner.python.PythonContractTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Needs nbclient and ipykernel; without them it says so and is skipped. */
class NotebookContractTest extends RunnerContract {

  private static Interpreter machine;
  private static NotebookPython python;

  @TempDir Path folder;
  private WorkerStage stage;

  @BeforeAll
  static void look() throws Exception {
    machine = Interpreter.resolve("python3");
    python = new NotebookPython(Optional.empty(), machine);
    assumeTrue(
        python.find().isPresent(),
        "SKIPPED: no interpreter here has nbclient and ipykernel; notebooks are not tested");
  }

  @Override
  protected Stage open() throws Exception {
    stage =
        new WorkerStage(
            folder,
            machine,
            new NotebookRunner(
                python,
                new Libraries(MavenRepositories.withoutSettings(), new LibraryFiles(true))));
    return stage;
  }

  @Override
  protected ObjectNode spec(Deed deed) throws IOException {
    stage.holding(
        "workspace/main", "# Databricks notebook source\n" + PythonContractTest.code(deed));
    return Codec.JSON.createObjectNode().put("path", "/main");
  }

  /** It has no exit code of its own, its cells print text, and at most 8 MB each. */
  @Override
  protected Set<Deed> leftOut() {
    return Set.of(Deed.EXIT_WITH_3, Deed.PRINT_A_GIGABYTE, Deed.PRINT_BYTES);
  }
}
