package io.mutirao.systemtests.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.jobs.ExportRunRequest;
import com.databricks.sdk.service.jobs.ViewType;
import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Run;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What workers run, and what is seen of it. */
@OnJourneyStack
class DatabricksTasksIT {

  private static final String LOGS = "/api/mutirao/runs/%d/logs";

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Api api;
  private final String folder = "/Shared/" + UUID.randomUUID();

  DatabricksTasksIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
    api = Api.administrator(mutirao);
  }

  @Test
  void aPythonFileOfDbfsAndOneOfTheWorkspaceRun() {
    String base64 = Base64.getEncoder().encodeToString("print('of dbfs')".getBytes(UTF_8));
    api.post("/api/2.0/dbfs/put", Map.of("path", folder + "/x.py", "contents", base64)).ok();
    Run run = jobs.runToEnd(jobs.create(JobSettings.python("dbfs:" + folder + "/x.py")));
    assertThat(run.state()).isEqualTo("TERMINATED SUCCESS");
    assertThat(jobs.logs(run.id())).isEqualTo("of dbfs\n");

    importFile("y", "import sys\nprint('of the workspace', sys.argv[1:])");
    run = jobs.runToEnd(jobs.create(JobSettings.python(folder + "/y", "a b")));
    assertThat(jobs.logs(run.id())).isEqualTo("of the workspace ['a b']\n");

    run = jobs.runToEnd(jobs.create(JobSettings.python("dbfs:/no/such.py")));
    assertThat(run.state()).isEqualTo("TERMINATED FAILED");
    assertThat(run.message()).isEqualTo("dbfs:/no/such.py does not exist");
  }

  @Test
  void aFileMayBeLargerThanARequest() {
    String large = "# " + "x".repeat(12 << 20) + "\nprint(__file__.rsplit('/', 1)[-1])\n";
    api.post("/api/2.0/workspace/mkdirs", Map.of("path", folder)).ok();
    api.send("POST", "/dbfs" + folder + "/large.py", BodyPublishers.ofString(large)).ok();
    String file = "/api/2.0/workspace-files/import-file" + folder + "/larger.py";
    api.send("POST", file, BodyPublishers.ofString(large)).ok();

    for (String at : List.of("dbfs:" + folder + "/large.py", folder + "/larger.py")) {
      Run run = jobs.runToEnd(jobs.create(JobSettings.python(at)));
      assertThat(run.state()).as(run.message()).isEqualTo("TERMINATED SUCCESS");
      assertThat(jobs.logs(run.id()).strip()).isEqualTo(at.substring(at.lastIndexOf('/') + 1));
    }
  }

  @Test
  void theTimesOfARunAddUpAndNoneIsMadeUp() {
    Path script = mutirao.scripts().write("import time; time.sleep(.3)");
    JsonNode run = jobs.runToEnd(jobs.create(JobSettings.python(script))).json();
    long setup = run.path("setup_duration").asLong();
    long execution = run.path("execution_duration").asLong();
    long cleanup = run.path("cleanup_duration").asLong();
    assertThat(execution).isBetween(300L, 30_000L);
    assertThat(setup).isNotNegative();
    assertThat(cleanup).isNotNegative();
    assertThat(setup + execution + cleanup)
        .isEqualTo(run.path("end_time").asLong() - run.path("start_time").asLong());
  }

  @Test
  void whatATaskPrintsIsSeenWhileItRunsAndAfterwards() throws Exception {
    Path go = mutirao.scripts().newFile(".go");
    Path script =
        mutirao
            .scripts()
            .write(
                """
                import os, sys, time
                print("first")
                print("second", file=sys.stderr)
                while not os.path.exists("%s"):
                    time.sleep(.02)
                print("last é", end="")
                """
                    .formatted(go));
    long run = jobs.runNow(jobs.create(JobSettings.python(script)));
    List<String> events = new ArrayList<>();
    HttpRequest feed =
        api.request(LOGS.formatted(run)).header("Accept", "text/event-stream").GET().build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer = http.send(feed, HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
      try (var lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
        readUntil(lines, events, line -> line.contains("second"));
        assertThat(jobs.run(run).lifeCycle()).isEqualTo("RUNNING");
        assertThat(text(run, "").text()).isEqualTo("first\nsecond\n");
        Files.createFile(go);
        readUntil(lines, events, "event: end"::equals);
        readUntil(lines, events, line -> line.startsWith("data: "));
      }
    }
    List<JsonNode> data = new ArrayList<>();
    for (String event : events) {
      if (event.startsWith("data: ")) {
        data.add(JSON.readTree(event.substring("data: ".length())));
      }
    }
    assertThat(data).hasSize(4);
    assertThat(data.subList(0, 3))
        .extracting(line -> line.path("line").asText())
        .containsExactly("first", "second", "last é");
    assertThat(data.subList(0, 3))
        .extracting(line -> line.path("time").asLong())
        .isSorted()
        .allMatch(time -> time > 1_700_000_000_000L);
    assertThat(data.getLast().path("result").asText()).isEqualTo("SUCCEEDED");

    assertThat(text(run, "").text()).isEqualTo("first\nsecond\nlast é");
    assertThat(text(run, "bytes=6-11").text()).isEqualTo("second");
    assertThat(text(run, "bytes=6-11").status()).isEqualTo(206);
    assertThat(text(run, "bytes=-2").text()).isEqualTo("é");
    assertThat(text(run, "bytes=99-").status()).isEqualTo(416);
  }

  private static final com.fasterxml.jackson.databind.ObjectMapper JSON =
      new com.fasterxml.jackson.databind.ObjectMapper();

  private static void readUntil(BufferedReader lines, List<String> into, Predicate<String> last)
      throws Exception {
    String line;
    do {
      line = lines.readLine();
      assertThat(line).as("after " + into).isNotNull();
      into.add(line);
    } while (!last.test(line));
  }

  private Answer text(long run, String range) {
    HttpRequest.Builder request = api.request(LOGS.formatted(run)).GET();
    return Jobs.send((range.isEmpty() ? request : request.header("Range", range)).build());
  }

  @Test
  void workersShowAsEventsOfTheirCluster() {
    Awaitility.await("the workers of the default pool")
        .atMost(Jobs.DEADLINE)
        .until(() ->
            api.get("/api/2.0/clusters/get?cluster_id=default").ok().path("num_workers").asInt()
                == 2);
    JsonNode events =
        api.post(
                "/api/2.0/clusters/events",
                Map.of("cluster_id", "default", "order", "ASC", "limit", 1))
            .ok();
    assertThat(events.path("total_count").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(events.path("events")).hasSize(1);
    assertThat(events.at("/events/0/type").asText()).isEqualTo("UPSIZE_COMPLETED");
    assertThat(events.at("/events/0/details/instance_id").asText()).startsWith("worker-");
    assertThat(events.at("/next_page/offset").asInt()).isEqualTo(1);
  }

  @Test
  void aTaskSeesNoPasswordAndNoOtherProcess() {
    Path script =
        mutirao
            .scripts()
            .write(
                """
                import os
                places = ["%1$s/secrets"]
                places += ["/proc/%%s/environ" %% p for p in os.listdir("/proc") if p.isdigit()]
                places += ["/proc/%%s/cmdline" %% p for p in os.listdir("/proc") if p.isdigit()]
                for place in places:
                    try:
                        print(place, open(place, errors="replace").read())
                    except OSError as e:
                        print(place, e)
                print(os.environ)
                """
                    .formatted(mutirao.dataFolder()));
    Run run = jobs.runToEnd(jobs.create(JobSettings.python(script)));
    assertThat(run.state()).isEqualTo("TERMINATED SUCCESS");
    assertThat(jobs.logs(run.id()))
        .contains("MUTIRAO_ATTEMPT_ID")
        .doesNotContain(mutirao.token())
        .doesNotContainIgnoringCase("password")
        .doesNotContain("MUTIRAO_KAFKA");
  }

  @Test
  void aNotebookRunsWithItsParametersAndGivesBackItsResult() {
    assumeNotebooks();
    importNotebook(
        "lib",
        """
        # Databricks notebook source
        def greet(name):
            return "hello " + name
        """);
    importNotebook(
        "main",
        """
        # Databricks notebook source
        # MAGIC %run ./lib

        # COMMAND ----------

        dbutils.widgets.text("name", "nobody")
        dbutils.widgets.text("day", "today")
        print(greet(dbutils.widgets.get("name")), dbutils.widgets.get("day"))

        # COMMAND ----------

        dbutils.notebook.exit(dbutils.widgets.get("name").upper())
        """);
    JobSettings job =
        new JobSettings(Map.of("existing_cluster_id", "default"))
            .with(
                "notebook_task",
                Map.of(
                    "notebook_path",
                    folder + "/main",
                    "base_parameters",
                    Map.of("name", "ana", "day", "monday")));
    long id = jobs.create(job);
    long run =
        jobs.awaitEnd(jobs.runNow(Map.of("job_id", id, "notebook_params", Map.of("name", "bia"))))
            .id();
    JsonNode output = jobs.get("runs/get-output?run_id=" + run).ok();
    assertThat(output.path("logs").asText()).isEqualTo("hello bia monday\n");
    assertThat(output.path("notebook_output").path("result").asText()).isEqualTo("BIA");
    assertThat(output.path("notebook_output").path("truncated").isBoolean()).isTrue();
    JsonNode views = jobs.get("runs/export?views_to_export=ALL&run_id=" + run).ok().path("views");
    assertThat(views).hasSize(1);
    assertThat(views.path(0).path("name").asText()).isEqualTo("main");
    assertThat(views.path(0).path("content").asText())
        .contains("__DATABRICKS_NOTEBOOK_MODEL = '", "hello bia monday");
    WorkspaceClient sdk =
        new WorkspaceClient(
            new DatabricksConfig()
                .setHost(mutirao.url())
                .setToken(mutirao.token())
                .setAuthType("pat"));
    assertThat(sdk.jobs().exportRun(new ExportRunRequest().setRunId(run)).getViews())
        .singleElement()
        .satisfies(view -> {
          assertThat(view.getName()).isEqualTo("main");
          assertThat(view.getType()).isEqualTo(ViewType.NOTEBOOK);
          assertThat(view.getContent()).contains("hello bia monday");
        });
  }

  @Test
  void aNotebookTellsValuesToTheTasksAfterIt() {
    assumeNotebooks();
    importNotebook(
        "values",
        """
        # Databricks notebook source
        dbutils.jobs.taskValues.set("rows", 17)
        dbutils.jobs.taskValues.set("names", ["ana", "bia"])
        dbutils.jobs.taskValues.set("who", "ana")
        """);
    importNotebook(
        "reads",
        """
        # Databricks notebook source
        print(dbutils.jobs.taskValues.get("first", "rows") + 1,
              dbutils.jobs.taskValues.get("first", "none", default="-"))
        """);
    Path script = mutirao.scripts().write("import sys; print(sys.argv[1:])");
    List<?> upstream = List.of(Map.of("task_key", "first"));
    Jobs latest = jobs.in("2.1");
    long id =
        latest.create(
            new JobSettings(
                Map.of(
                    "name",
                    "values",
                    "tasks",
                    List.of(
                        task("first", "notebook_task", Map.of("notebook_path", folder + "/values")),
                        Map.of(
                            "task_key",
                            "second",
                            "depends_on",
                            upstream,
                            "existing_cluster_id",
                            "default",
                            "spark_python_task",
                            Map.of(
                                "python_file",
                                "file:" + script,
                                "parameters",
                                List.of(
                                    "{{tasks.first.values.rows}}",
                                    "{{tasks.first.values.names}}",
                                    "{{tasks.first.values.who}}"))),
                        Map.of(
                            "task_key",
                            "third",
                            "depends_on",
                            upstream,
                            "existing_cluster_id",
                            "default",
                            "notebook_task",
                            Map.of("notebook_path", folder + "/reads")),
                        Map.of(
                            "task_key",
                            "fourth",
                            "depends_on",
                            upstream,
                            "existing_cluster_id",
                            "default",
                            "spark_python_task",
                            Map.of(
                                "python_file",
                                "file:" + script,
                                "parameters",
                                List.of("{{tasks.first.values.never}}")))))));
    Run run = latest.awaitEnd(latest.runNow(id));
    assertThat(output(latest, run, "second")).isEqualTo("['17', '[\"ana\",\"bia\"]', 'ana']\n");
    assertThat(output(latest, run, "third")).isEqualTo("18 -\n");
    JsonNode fourth = taskOf(run, "fourth");
    assertThat(fourth.at("/state/result_state").asText()).isEqualTo("FAILED");
    assertThat(fourth.at("/state/state_message").asText())
        .contains("There is no dynamic value {{tasks.first.values.never}}");
  }

  private static Map<String, Object> task(String key, String field, Map<String, ?> what) {
    return Map.of("task_key", key, "existing_cluster_id", "default", field, what);
  }

  private static JsonNode taskOf(Run run, String key) {
    for (JsonNode task : run.json().path("tasks")) {
      if (task.path("task_key").asText().equals(key)) {
        return task;
      }
    }
    throw new AssertionError("no task " + key + " in " + run.json());
  }

  private static String output(Jobs jobs, Run run, String key) {
    return jobs.logs(taskOf(run, key).path("run_id").asLong());
  }

  private void importNotebook(String name, String source) {
    importAs(name, Map.of("language", "PYTHON", "format", "SOURCE"), source);
  }

  private void importFile(String name, String text) {
    importAs(name, Map.of("format", "RAW"), text);
  }

  private void importAs(String name, Map<String, String> how, String text) {
    api.post("/api/2.0/workspace/mkdirs", Map.of("path", folder)).ok();
    Map<String, Object> request = new java.util.HashMap<>(how);
    request.put("path", folder + "/" + name);
    request.put("content", Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    api.post("/api/2.0/workspace/import", request).ok();
  }

  private static void assumeNotebooks() {
    assumeTrue(
        can("/usr/bin/python3") || can("python3"),
        "SKIPPED: nbclient and ipykernel are not installed here; notebooks are not tested");
  }

  private static boolean can(String python) {
    try {
      return new ProcessBuilder(python, "-c", "import nbclient, ipykernel").start().waitFor() == 0;
    } catch (java.io.IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
