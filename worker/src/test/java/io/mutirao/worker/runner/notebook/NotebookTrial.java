package io.mutirao.worker.runner.notebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.objects.Notebook;
import io.mutirao.objects.ObjectPath;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Results;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.runner.StoredBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Notebooks outside a worker, in a folder of the workspace: {@code /Users/ana}. */
final class NotebookTrial implements AutoCloseable {

  private static final String MAIN = "/Users/ana/main";

  final StoredBench bench;
  final ObjectNode setup = Codec.JSON.createObjectNode();
  private final Path folder;
  private final NotebookRunner runner;

  /** What came of a notebook. */
  record Ran(int code, String printed, Results results) {}

  NotebookTrial(Path folder, NotebookPython python) throws IOException {
    this.folder = folder;
    bench = new StoredBench(folder);
    bench.told.putObject("before").put("n", 5);
    runner =
        new NotebookRunner(
            python, new Libraries(MavenRepositories.withoutSettings(), new LibraryFiles(true)));
  }

  /** Another notebook beside the main one. */
  NotebookTrial holding(String name, String text) throws IOException {
    bench.put("workspace/Users/ana/" + name, text);
    return this;
  }

  /** Runs a notebook in source code. */
  Ran source(String text, Map<String, String> parameters) throws Exception {
    holding("main", text);
    new Notebook(Notebook.Language.PYTHON, Notebook.Format.SOURCE)
        .store(bench.store, new ObjectPath("Users/ana/main"));
    return run(parameters);
  }

  /** Runs what is held as {@code main}. */
  Ran run(Map<String, String> parameters) throws Exception {
    Plan.Command command = (Plan.Command) plan(MAIN, parameters);
    Path printed = folder.resolve("printed");
    ProcessBuilder builder =
        new ProcessBuilder(command.argv())
            .directory(folder.resolve("attempt").toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
    builder.environment().putAll(command.environment());
    int code = builder.start().waitFor();
    return new Ran(
        code, Files.readString(printed), runner.results(spec("", parameters), attempt()));
  }

  Plan plan(String path, Map<String, String> parameters) throws Exception {
    Files.createDirectories(folder.resolve("attempt"));
    return runner.plan(spec(path, parameters), attempt());
  }

  private static NotebookRunner.Spec spec(String path, Map<String, String> parameters) {
    return new NotebookRunner.Spec(path, new HashMap<>(parameters), null);
  }

  private Attempt attempt() {
    return new Attempt(1, 2, 3, "main", folder.resolve("attempt"), setup, bench);
  }

  @Override
  public void close() {
    bench.close();
  }
}
