package io.mutirao.worker.runner.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.objects.ObjectPath;
import io.mutirao.runner.Plan;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.library.Wheels;
import io.mutirao.worker.runner.notebook.NotebookTrial.Ran;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Needs nbclient and ipykernel; without them it says so and is skipped. The start of a kernel takes
 * its time: one notebook does what most facts look at.
 */
@Timeout(600)
class NotebookRunnerTest {

  private static final String MAIN =
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

      # MAGIC %run ./more/lib $who="bia"

      # COMMAND ----------

      print(base + 2, who)
      print(dbutils.notebook.run("child", 60, {"of": "main"}))

      # COMMAND ----------

      for path, seconds in (("./bad", 60), ("slow", 1), ("/none", 9)):
          try:
              dbutils.notebook.run(path, seconds, {"what": "rows"})
          except Exception as e:
              print(type(e).__name__, e)

      # COMMAND ----------

      dbutils.fs.put("dbfs:/a/b.txt", "content é")
      dbutils.fs.cp("/a/b.txt", "/a/c.txt")
      print([f.name for f in dbutils.fs.ls("dbfs:/a")], dbutils.fs.ls("/a/b.txt")[0].path)
      print(dbutils.fs.head("/a/c.txt", 7), dbutils.fs.rm("/a/c.txt"), dbutils.fs.rm("/no"))
      try:
          dbutils.fs.put("/a/b.txt", "other")
      except Exception as e:
          print(e)

      # COMMAND ----------

      displayHTML('<b>bold</b>')

      # COMMAND ----------

      print('hun' + 'ter2'); displayHTML('<i>hun' + 'ter2</i>')

      # COMMAND ----------

      dbutils.jobs.taskValues.set("rows", [1, {"a": "é"}])
      assert dbutils.jobs.taskValues.get("before", "n") == 5
      try:
          dbutils.notebook.exit("done é")
      except Exception:
          print("an exit is no error")

      # COMMAND ----------

      print("never")
      """;

  private static NotebookPython python;
  private static NotebookTrial whole;
  private static Ran ran;

  @TempDir Path folder;
  private NotebookTrial trial;

  @BeforeAll
  static void runTheWholeOne(@TempDir Path folder) throws Exception {
    python = new NotebookPython(Optional.empty(), Interpreter.resolve("python3"));
    assumeTrue(
        python.find().isPresent(),
        "SKIPPED: no interpreter here has nbclient and ipykernel; notebooks are not tested");
    whole =
        new NotebookTrial(folder, python)
            .holding("more/lib", "base = 40\nwho = dbutils.widgets.get('who')")
            .holding(
                "child",
                "print('child of', dbutils.widgets.get('of'))\n"
                    + "dbutils.notebook.exit('from the child')")
            .holding("bad", "raise KeyError('no ' + dbutils.widgets.get('what'))")
            .holding("slow", "import time; time.sleep(600)");
    whole.bench.masks.hide("hunter2".getBytes(UTF_8));
    ran = whole.source(MAIN, Map.of("name", "ana"));
  }

  @AfterAll
  static void closeTheWholeOne() {
    if (whole != null) {
      whole.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    trial = new NotebookTrial(folder, python);
  }

  @AfterEach
  void close() {
    trial.close();
  }

  @Test
  void aSourceNotebookRunsCellByCell() throws Exception {
    assertThat(ran.printed())
        .containsSubsequence("hello ana\n", "answer\n42\n", "from the shell\n")
        .doesNotContain("never", "an exit is no error");
    assertThat(ran.code()).as(ran.printed()).isZero();
  }

  @Test
  void itsResultAndTheValuesThatItTellsAreKept() throws Exception {
    assertThat(ran.results().output()).isEqualTo(json("{'value':'done é','truncated':false}"));
    assertThat(ran.results().values()).isEqualTo(Map.of("rows", json("[1,{'a':'é'}]")));
  }

  @Test
  void whatItShowsIsKeptWithItsModel() throws Exception {
    assertThat(page()).contains("<b>bold</b>");
    assertThat(model().at("/name").asText()).isEqualTo("main");
    assertThat(command("displayHTML('<b>bold</b>')"::equals).at("/results/data").asText())
        .contains("<b>bold</b>");
  }

  @Test
  void whatItShowsHidesSecrets() throws Exception {
    assertThat(page()).contains("<i>[REDACTED]</i>").doesNotContain("hunter2");
    assertThat(model().toString()).doesNotContain("hunter2");
    assertThat(command(text -> text.contains("'ter2</i>'")).at("/results/data").asText())
        .contains("<i>[REDACTED]</i>");
  }

  @Test
  void otherNotebooksAreIncludedAndRun() {
    assertThat(ran.printed())
        .containsSubsequence("42 bia\n", "child of main\n", "from the child\n");
  }

  @Test
  void filesOfDbfsAreReadAndWritten() throws Exception {
    assertThat(ran.printed())
        .contains(
            "['b.txt', 'c.txt'] dbfs:/a/b.txt",
            "content True False",
            "dbfs:/a/b.txt exists already; overwrite=True replaces a file");
    assertThat(
            new String(
                whole.bench.store.get(new ObjectPath("dbfs/a/b.txt"), 0, 99).get().bytes(), UTF_8))
        .isEqualTo("content é");
  }

  @Test
  void aNotebookThatIsRunMayFailOrTakeTooLong() {
    assertThat(ran.printed())
        .contains(
            "RuntimeError /Users/ana/bad failed: KeyError: 'no rows'\n",
            "TimeoutError /Users/ana/slow did not end within 1 seconds\n",
            "RuntimeError /none failed: ");
  }

  @Test
  void whatTheTaskWantsInstalledIsThere() throws Exception {
    Path wheel =
        Wheels.make(folder.resolve("wheels"), "greet", "WORD = 'from the wheel'", "x = greet:y");
    trial.setup.putArray("libraries").addObject().put("whl", "file:" + wheel);

    Ran ran =
        trial.source("# Databricks notebook source\nimport greet; print(greet.WORD)", Map.of());

    assertThat(ran.printed()).contains("from the wheel\n");
    assertThat(ran.code()).isZero();
  }

  @Test
  void aJupyterNotebookRunsTooAndACellThatFailsEndsItWithItsError() throws Exception {
    Ran ran =
        trial
            .holding(
                "main",
                """
                {"cells":[{"cell_type":"code","source":["print(1)\\n","x = 2"]},
                          {"cell_type":"markdown","source":"text"},
                          {"cell_type":"code","source":"raise ValueError('bad ' + str(x))"},
                          {"cell_type":"code","source":"print('never')"}],
                 "metadata":{},"nbformat":4,"nbformat_minor":0}
                """)
            .run(Map.of());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.printed())
        .startsWith("1\n")
        .contains("Traceback (most recent call last):")
        .doesNotContain("never");
    assertThat(ran.printed().strip()).endsWith("ValueError: bad 2");
    assertThat(ran.results().view()).isNotNull();
  }

  @Test
  void aCellThatPrintsMoreThanEightMegabytesFailsTheRun() throws Exception {
    Ran ran =
        trial.source(
            "while True: print('x' * 99999)\n# COMMAND ----------\nprint('after')", Map.of());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.printed().strip()).endsWith("larger than 8 MB; the rest of the run is canceled");
    assertThat(ran.printed()).doesNotContain("after");
  }

  @Test
  void onlyTheFirstMegabyteOfAResultIsGivenBack() throws Exception {
    Ran ran = trial.source("dbutils.notebook.exit('é' * 600000)", Map.of());
    assertThat(ran.results().output().path("truncated").asBoolean()).isTrue();
    assertThat(ran.results().output().path("value").asText())
        .hasSize(524288)
        .doesNotContain("\ufffd");
  }

  @Test
  void whatCannotBeRunIsRejectedWithTheReason() throws Exception {
    assertThat(trial.plan("/Users/ana/none", Map.of()))
        .isEqualTo(
            new Plan.Rejected("the notebook /Users/ana/none does not exist", Plan.Why.NOT_FOUND));
    trial.bench.put("workspace/x", "// Databricks notebook source\nval x = 1");
    assertThat(((Plan.Rejected) trial.plan("/x", Map.of())).reason()).contains("SCALA");
  }

  private static String page() throws IOException {
    return Files.readString(ran.results().view());
  }

  /** For programs. */
  private static JsonNode model() throws IOException {
    String encoded = page().split("__DATABRICKS_NOTEBOOK_MODEL = '", -1)[1].split("'", -1)[0];
    return Codec.JSON.readTree(
        URLDecoder.decode(new String(Base64.getDecoder().decode(encoded), UTF_8), UTF_8));
  }

  private static JsonNode command(Predicate<String> text) throws IOException {
    return StreamSupport.stream(model().path("commands").spliterator(), false)
        .filter(command -> text.test(command.path("command").asText()))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode json(String text) throws Exception {
    return Codec.JSON.readTree(text.replace('\'', '"'));
  }
}
