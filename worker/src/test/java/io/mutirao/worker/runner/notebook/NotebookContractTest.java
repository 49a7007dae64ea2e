package io.mutirao.worker.runner.notebook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
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
    String code =
        deed == Deed.PRINT_BYTES
            ? "print(''.join(map(chr, range(256))), end='')"
            : PythonContractTest.code(deed).replace("sys.stdout.buffer.write(", "print(");
    stage.holding("workspace/main", "# Databricks notebook source\n" + code);
    return Codec.JSON.createObjectNode().put("path", "/main");
  }

  /** What a cell raises is told; its kernel has an exit code, and the notebook none. */
  @Override
  protected String code() {
    return "SystemExit: 3";
  }

  /** Cells print text. */
  @Override
  protected byte[] bytes() {
    return new String(super.bytes(), ISO_8859_1).getBytes(UTF_8);
  }

  /** A cell that prints more than 8 MB ends the run. */
  @Override
  protected void assertTaken(String end, int kept, int limit) {
    assertThat(end)
        .startsWith("FAILED")
        .endsWith("larger than 8 MB; the rest of the run is canceled");
    assertThat(kept).isBetween(limit, limit + 200);
  }
}
