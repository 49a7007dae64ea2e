package io.mutirao.worker.execution;

import static io.mutirao.worker.runner.Trial.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mutirao.runner.Runner;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.library.Wheels;
import io.mutirao.worker.runner.notebook.NotebookPython;
import io.mutirao.worker.runner.notebook.NotebookRunner;
import io.mutirao.worker.runner.python.PythonRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole tasks in profile STRICT, without a network: what they need reaches them all the same. */
@Timeout(600)
class StrictTest {

  @TempDir Path folder;
  private final Libraries libraries =
      new Libraries(MavenRepositories.withoutSettings(), new LibraryFiles(true));
  private Interpreter python;

  @BeforeEach
  void open() throws Exception {
    python = Interpreter.resolve("python3");
  }

  @Test
  void aScriptFindsItsWheelAndNothingOfOurs() throws Exception {
    Path wheel =
        Wheels.make(folder.resolve("wheels"), "greet", "WORD = 'from the wheel'", "x = greet:y");
    try (WorkerStage stage = stage(new PythonRunner(python.path(), true, libraries, null))) {
      stage
          .holding("dbfs/" + wheel.getFileName(), Files.readAllBytes(wheel))
          .around(json("{'libraries':[{'whl':'dbfs:/%s'}]}".formatted(wheel.getFileName())))
          .holding(
              "dbfs/x.py",
              "import greet, os; print(greet.WORD, os.getuid() != 0, os.path.exists('%s'))"
                  .formatted(Files.writeString(folder.resolve("ours"), "password")));
      stage.start(json("{'file':'dbfs:/x.py'}"));
      assertThat(stage.awaitEnd()).isEqualTo("SUCCEEDED");
      assertThat(printed(stage)).endsWith("from the wheel True False\n");
    }
  }

  @Test
  void aNotebookAsksItsWorkerForFiles() throws Exception {
    NotebookPython notebooks = new NotebookPython(Optional.empty(), python);
    assumeTrue(
        notebooks.find().isPresent(),
        "SKIPPED: no interpreter here has nbclient and ipykernel; notebooks are not tested");
    try (WorkerStage stage = stage(new NotebookRunner(notebooks, libraries))) {
      stage.holding(
          "workspace/main",
          "# Databricks notebook source\ndbutils.fs.put('dbfs:/a', 'content')\n"
              + "print(dbutils.fs.head('dbfs:/a')); import os; print(os.getuid() != 0)");
      stage.start(json("{'path':'/main'}"));
      assertThat(stage.awaitEnd()).isEqualTo("SUCCEEDED");
      assertThat(printed(stage)).contains("content\nTrue\n");
    }
  }

  private WorkerStage stage(Runner<?> runner) throws Exception {
    return WorkerStage.strict(folder, python, runner);
  }

  private static String printed(WorkerStage stage) {
    return new String(stage.printed(), UTF_8);
  }
}
