package io.mutirao.worker.runner.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.objects.Notebook;
import io.mutirao.objects.ObjectPath;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Results;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.library.Libraries;
import io.mutirao.worker.library.LibraryFiles;
import io.mutirao.worker.library.MavenRepositories;
import io.mutirao.worker.library.Wheels;
import io.mutirao.worker.runner.StoredBench;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Needs nbclient and ipykernel; without them it says so and is skipped. */
@Timeout(120)
class NotebookRunnerTest {

  private static NotebookPython python;

  @TempDir Path folder;
  private StoredBench bench;
  private NotebookRunner runner;
  private final ObjectNode setup = Codec.JSON.createObjectNode();

  /** What came of a notebook. */
  private record Ran(int code, String printed, Results results) {}

  @BeforeAll
  static void look() throws Exception {
    python = new NotebookPython(Optional.empty(), Interpreter.resolve("python3"));
    assumeTrue(
        python.find().isPresent(),
        "SKIPPED: no interpreter here has nbclient and ipykernel; notebooks are not tested");
  }

  @BeforeEach
  void open() throws Exception {
    bench = new StoredBench(folder);
    runner =
        new NotebookRunner(
            python, new Libraries(MavenRepositories.withoutSettings(), new LibraryFiles(true)));
  }

  @AfterEach
  void close() {
    if (bench != null) {
      bench.close();
    }
  }

  @Test
  void whatTheTaskWantsInstalledIsThere() throws Exception {
    Path wheel =
        Wheels.make(folder.resolve("wheels"), "greet", "WORD = 'from the wheel'", "x = greet:y");
    setup.putArray("libraries").addObject().put("whl", "file:" + wheel);

    Ran ran = source("# Databricks notebook source\nimport greet; print(greet.WORD)", Map.of());

    assertThat(ran.printed()).contains("from the wheel\n");
    assertThat(ran.code()).isZero();
  }

  @Test
  void aSourceNotebookRunsCellByCell() throws Exception {
    Ran ran =
        source(
            """
            # Databricks notebook source
            dbutils.widgets.text("name", "nobody")
            dbutils.widgets.text("greeting", "hello")
            print(dbutils.widgets.get("greeting"), dbutils.widgets.get("name"))

            # COMMAND ----------

            # MAGIC %md
            # MAGIC # A title

            # COMMAND ----------

            # MAGIC %sql
            # MAGIC select 6 * 7 as answer

            # COMMAND ----------

            # MAGIC %sh echo from the shell

            # COMMAND ----------

            dbutils.jobs.taskValues.set("rows", [1, {"a": "é"}])
            assert dbutils.jobs.taskValues.get("before", "n") == 5
            try:
                dbutils.notebook.exit("done é")
            except Exception:
                print("an exit is no error")

            # COMMAND ----------

            print("never")
            """,
            Map.of("name", "ana"));
    assertThat(ran.printed()).contains("hello ana\n", "answer\n42\n", "from the shell\n");
    assertThat(ran.printed()).doesNotContain("never", "an exit is no error");
    assertThat(ran.code()).isZero();
    assertThat(ran.results().output()).isEqualTo(json("{'value':'done é','truncated':false}"));
    assertThat(ran.results().values()).isEqualTo(Map.of("rows", json("[1,{'a':'é'}]")));
  }

  @Test
  void whatItShowsIsKeptWithItsModel() throws Exception {
    Ran ran = source("# Databricks notebook source\ndisplayHTML('<b>bold</b>')", Map.of());
    String page = Files.readString(ran.results().view());
    assertThat(page).contains("<b>bold</b>");
    String encoded = page.split("__DATABRICKS_NOTEBOOK_MODEL = '", -1)[1].split("'", -1)[0];
    JsonNode model =
        Codec.JSON.readTree(
            URLDecoder.decode(new String(Base64.getDecoder().decode(encoded), UTF_8), UTF_8));
    assertThat(model.at("/name").asText()).isEqualTo("main");
    assertThat(model.at("/commands/0/command").asText()).isEqualTo("displayHTML('<b>bold</b>')");
    assertThat(model.at("/commands/0/results/data").asText()).contains("<b>bold</b>");
  }

  @Test
  void whatItShowsHidesSecrets() throws Exception {
    bench.masks.hide("hunter2".getBytes(UTF_8));
    Ran ran =
        source(
            "# Databricks notebook source\nprint('hun' + 'ter2'); displayHTML('<b>hun' + 'ter2</b>')",
            Map.of());
    String page = Files.readString(ran.results().view());
    assertThat(page).contains("<b>[REDACTED]</b>").doesNotContain("hunter2");
    String encoded = page.split("__DATABRICKS_NOTEBOOK_MODEL = '", -1)[1].split("'", -1)[0];
    assertThat(URLDecoder.decode(new String(Base64.getDecoder().decode(encoded), UTF_8), UTF_8))
        .contains("<b>[REDACTED]</b>")
        .doesNotContain("hunter2");
  }

  @Test
  void aJupyterNotebookRunsToo() throws Exception {
    bench.put(
        "workspace/Users/ana/main",
        """
        {"cells":[{"cell_type":"code","source":["print(1)\\n","print(2)"]},
                  {"cell_type":"markdown","source":"text"}],
         "metadata":{},"nbformat":4,"nbformat_minor":0}
        """);
    assertThat(run(Map.of()).printed()).contains("1\n2\n");
  }

  @Test
  void aCellThatFailsEndsTheRunWithItsError() throws Exception {
    Ran ran = source("x = 1\n# COMMAND ----------\nraise ValueError('bad ' + str(x))", Map.of());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.printed()).contains("Traceback (most recent call last):");
    assertThat(ran.printed().strip()).endsWith("ValueError: bad 1");
    assertThat(ran.results().view()).isNotNull();
  }

  @Test
  void otherNotebooksAreIncludedAndRun() throws Exception {
    bench.put("workspace/Users/ana/more/lib", "base = 40\nwho = dbutils.widgets.get('who')");
    bench.put(
        "workspace/Users/ana/child",
        "print('child of', dbutils.widgets.get('of'))\ndbutils.notebook.exit('from the child')");
    Ran ran =
        source(
            """
            # Databricks notebook source
            # MAGIC %run ./more/lib $who="bia"

            # COMMAND ----------

            print(base + 2, who)
            print(dbutils.notebook.run("child", 60, {"of": "main"}))
            """,
            Map.of());
    assertThat(ran.printed()).contains("42 bia\n", "child of main\n", "from the child\n");
    assertThat(ran.code()).isZero();
  }

  @Test
  void filesOfDbfsAreReadAndWritten() throws Exception {
    Ran ran =
        source(
            """
            dbutils.fs.put("dbfs:/a/b.txt", "content é")
            dbutils.fs.cp("/a/b.txt", "/a/c.txt")
            print([f.name for f in dbutils.fs.ls("dbfs:/a")], dbutils.fs.ls("/a/b.txt")[0].path)
            print(dbutils.fs.head("/a/c.txt", 7), dbutils.fs.rm("/a/c.txt"), dbutils.fs.rm("/no"))
            try:
                dbutils.fs.put("/a/b.txt", "other")
            except Exception as e:
                print(e)
            """,
            Map.of());
    assertThat(ran.printed())
        .contains(
            "['b.txt', 'c.txt'] dbfs:/a/b.txt",
            "content True False",
            "dbfs:/a/b.txt exists already; overwrite=True replaces a file");
    assertThat(
            new String(bench.store.get(new ObjectPath("dbfs/a/b.txt"), 0, 99).get().bytes(), UTF_8))
        .isEqualTo("content é");
  }

  @Test
  void aNotebookThatIsRunMayFailOrTakeTooLong() throws Exception {
    bench.put("workspace/Users/ana/bad", "raise KeyError('no ' + dbutils.widgets.get('what'))");
    bench.put("workspace/Users/ana/slow", "import time; time.sleep(600)");
    Ran ran =
        source(
            """
            for path, seconds in (("./bad", 60), ("slow", 3), ("/none", 9)):
                try:
                    dbutils.notebook.run(path, seconds, {"what": "rows"})
                except Exception as e:
                    print(type(e).__name__, e)
            """,
            Map.of());
    assertThat(ran.printed())
        .contains(
            "RuntimeError /Users/ana/bad failed: KeyError: 'no rows'\n",
            "TimeoutError /Users/ana/slow did not end within 3 seconds\n",
            "RuntimeError /none failed: ");
    assertThat(ran.code()).isZero();
  }

  @Test
  void aCellThatPrintsMoreThanEightMegabytesFailsTheRun() throws Exception {
    Ran ran =
        source("while True: print('x' * 99999)\n# COMMAND ----------\nprint('after')", Map.of());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.printed().strip()).endsWith("larger than 8 MB; the rest of the run is canceled");
    assertThat(ran.printed()).doesNotContain("after");
  }

  @Test
  void onlyTheFirstMegabyteOfAResultIsGivenBack() throws Exception {
    Ran ran = source("dbutils.notebook.exit('é' * 600000)", Map.of());
    assertThat(ran.results().output().path("truncated").asBoolean()).isTrue();
    assertThat(ran.results().output().path("value").asText())
        .hasSize(524288)
        .doesNotContain("\ufffd");
  }

  @Test
  void whatCannotBeRunIsRejectedWithTheReason() throws Exception {
    assertThat(plan("/Users/ana/none", Map.of()))
        .isEqualTo(
            new Plan.Rejected("the notebook /Users/ana/none does not exist", Plan.Why.NOT_FOUND));
    bench.put("workspace/x", "// Databricks notebook source\nval x = 1");
    assertThat(((Plan.Rejected) plan("/x", Map.of())).reason()).contains("SCALA");
  }

  private Ran source(String text, Map<String, String> parameters) throws Exception {
    bench.put("workspace/Users/ana/main", text);
    new Notebook(Notebook.Language.PYTHON, Notebook.Format.SOURCE)
        .store(bench.store, new ObjectPath("Users/ana/main"));
    return run(parameters);
  }

  private Ran run(Map<String, String> parameters) throws Exception {
    bench.told.putObject("before").put("n", 5);
    Plan.Command command = (Plan.Command) plan("/Users/ana/main", parameters);
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

  private Plan plan(String path, Map<String, String> parameters) throws Exception {
    Files.createDirectories(folder.resolve("attempt"));
    return runner.plan(spec(path, parameters), attempt());
  }

  private static NotebookRunner.Spec spec(String path, Map<String, String> parameters) {
    return new NotebookRunner.Spec(path, new HashMap<>(parameters), null);
  }

  private Attempt attempt() {
    return new Attempt(1, 2, 3, "main", folder.resolve("attempt"), setup, bench);
  }

  private static JsonNode json(String text) throws Exception {
    return Codec.JSON.readTree(text.replace('\'', '"'));
  }
}
