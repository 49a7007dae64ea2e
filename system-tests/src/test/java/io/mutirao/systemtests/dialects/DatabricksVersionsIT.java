package io.mutirao.systemtests.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Scripts;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same jobs and runs, seen in versions 2.0, 2.1 and 2.2. */
@OnJourneyStack
class DatabricksVersionsIT {

  private final Jobs two;
  private final Jobs one;
  private final Jobs plain;
  private final Scripts scripts;

  DatabricksVersionsIT(Mutirao mutirao) {
    plain = mutirao.jobs();
    one = plain.in("2.1");
    two = plain.in("2.2");
    scripts = mutirao.scripts();
  }

  private static Map<String, Object> task(String key, String... upstream) {
    Map<String, Object> task = new HashMap<>(Map.of("task_key", key, "noop_task", Map.of()));
    if (upstream.length > 0) {
      task.put("depends_on", List.of(upstream).stream().map(up -> Map.of("task_key", up)).toList());
    }
    return task;
  }

  private static JobSettings tasks(Map<?, ?>... tasks) {
    return new JobSettings(Map.of("name", "tasks")).with("tasks", List.of(tasks));
  }

  private static List<Long> ids(JsonNode items, String id) {
    List<Long> ids = new ArrayList<>();
    items.forEach(item -> ids.add(item.path(id).asLong()));
    return ids;
  }

  @Test
  void aJobOfOneTaskIsShownAsOneOfTasksFrom21On() {
    long job = plain.create(JobSettings.python("file:/a.py", "x").with("max_retries", 1));

    JsonNode old = plain.get("get?job_id=" + job).ok().path("settings");
    JsonNode now = one.get("get?job_id=" + job).ok().path("settings");

    assertThat(old.has("format")).isFalse();
    assertThat(old.path("spark_python_task").path("python_file").asText()).isEqualTo("file:/a.py");
    assertThat(now.path("format").asText()).isEqualTo("MULTI_TASK");
    assertThat(now.has("spark_python_task")).isFalse();
    JsonNode task = now.path("tasks").path(0);
    assertThat(task.path("spark_python_task")).isEqualTo(old.path("spark_python_task"));
    assertThat(task.path("max_retries").asInt()).isEqualTo(1);
    assertThat(task.path("task_key").asText()).isNotEmpty();
  }

  @Test
  void aJobOfTasksIsShownWithItsFormatIn20Too() {
    long job = one.create(tasks(task("b"), task("a", "b")));

    JsonNode settings = plain.get("get?job_id=" + job).ok().path("settings");

    assertThat(settings.path("format").asText()).isEqualTo("MULTI_TASK");
    assertThat(settings.path("tasks"))
        .isEqualTo(one.get("get?job_id=" + job).ok().path("settings").path("tasks"));
    assertThat(settings.path("tasks").path(0).path("task_key").asText()).isEqualTo("b");
  }

  @Test
  void aRunOfTasksIsShownInEachVersion() {
    long job = one.create(tasks(task("b"), task("a", "b")));
    long id = plain.runToEnd(job).id();

    JsonNode old = plain.get("runs/get?run_id=" + id).ok();
    JsonNode run = two.get("runs/get?run_id=" + id).ok();

    assertThat(old.has("task")).isFalse();
    assertThat(old.has("status")).isFalse();
    assertThat(old.path("setup_duration").asLong() + old.path("execution_duration").asLong())
        .isZero();
    assertThat(old.path("run_duration").asLong())
        .isEqualTo(old.path("end_time").asLong() - old.path("start_time").asLong());
    assertThat(run.path("state").path("result_state").asText()).isEqualTo("SUCCESS");
    assertThat(run.path("status").path("state").asText()).isEqualTo("TERMINATED");
    assertThat(run.path("status").path("termination_details").path("type").asText())
        .isEqualTo("SUCCESS");
    assertThat(run.has("next_page_token")).isFalse();
    assertThat(run.has("repair_history")).isFalse();
    JsonNode waiting = run.path("tasks").path(1);
    assertThat(waiting.path("task_key").asText()).isEqualTo("a");
    assertThat(waiting.path("depends_on").path(0).path("task_key").asText()).isEqualTo("b");
    assertThat(waiting.path("noop_task").isObject()).isTrue();
    JsonNode history =
        two.get("runs/get?include_history=true&run_id=" + id).ok().path("repair_history");
    assertThat(history).hasSize(1);
    assertThat(history.path(0).path("type").asText()).isEqualTo("ORIGINAL");
    assertThat(history.path(0).has("id")).isFalse();
    assertThat(history.path(0).path("task_run_ids")).hasSize(2);
  }

  @Test
  void aRunIsAskedForWithItsParametersInABody() {
    long id = plain.runToEnd(plain.create(JobSettings.noop())).id();

    Answer answer =
        Jobs.send(
            one.request("runs/get")
                .method("GET", BodyPublishers.ofString("{\"run_id\": " + id + "}"))
                .build());

    assertThat(answer.ok().path("run_id").asLong()).isEqualTo(id);
  }

  @Test
  void jobsAreListedPageByPageInAStableOrder() {
    String name = UUID.randomUUID().toString();
    List<Long> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(one.create(tasks(task("t")).with("name", name)));
    }
    made.sort(Long::compare);

    JsonNode first = one.get("list?limit=2&name=" + name).ok();
    String token = first.path("next_page_token").asText();
    JsonNode second = one.get("list?limit=2&name=" + name + "&page_token=" + token).ok();
    JsonNode last =
        one.get(
                "list?limit=2&name="
                    + name
                    + "&page_token="
                    + second.path("next_page_token").asText())
            .ok();
    JsonNode back =
        one.get(
                "list?limit=2&name="
                    + name
                    + "&page_token="
                    + second.path("prev_page_token").asText())
            .ok();

    assertThat(ids(first.path("jobs"), "job_id")).isEqualTo(made.subList(0, 2));
    assertThat(ids(second.path("jobs"), "job_id")).isEqualTo(made.subList(2, 4));
    assertThat(ids(last.path("jobs"), "job_id")).isEqualTo(made.subList(4, 5));
    assertThat(ids(back.path("jobs"), "job_id")).isEqualTo(made.subList(0, 2));
    assertThat(first.path("has_more").asBoolean()).isTrue();
    assertThat(last.path("has_more").asBoolean(true)).isFalse();
    assertThat(last.has("next_page_token")).isFalse();
    assertThat(two.get("list?limit=2&name=" + name).ok().has("has_more")).isFalse();
    assertThat(ids(one.get("list?offset=3&limit=2&name=" + name).ok().path("jobs"), "job_id"))
        .isEqualTo(made.subList(3, 5));
    assertThat(first.path("jobs").path(0).path("settings").has("tasks")).isFalse();
    assertThat(
            one.get("list?expand_tasks=True&name=" + name)
                .ok()
                .path("jobs")
                .path(0)
                .path("settings")
                .path("tasks"))
        .hasSize(1);
  }

  @Test
  void runsAreListedPageByPageNewestFirst() {
    long job = one.create(tasks(task("t")));
    List<Long> newestFirst = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      newestFirst.addFirst(plain.runToEnd(job).id());
    }

    JsonNode first = two.get("runs/list?limit=3&job_id=" + job).ok();
    JsonNode last =
        two.get(
                "runs/list?limit=3&job_id="
                    + job
                    + "&page_token="
                    + first.path("next_page_token").asText())
            .ok();

    assertThat(ids(first.path("runs"), "run_id")).isEqualTo(newestFirst.subList(0, 3));
    assertThat(ids(last.path("runs"), "run_id")).isEqualTo(newestFirst.subList(3, 5));
    assertThat(last.has("next_page_token")).isFalse();
    assertThat(first.path("runs").path(0).has("tasks")).isFalse();
    assertThat(
            two.get("runs/list?expand_tasks=true&limit=1&job_id=" + job)
                .ok()
                .path("runs")
                .path(0)
                .path("tasks"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list?limit=0 | Invalid limit 0",
        "list?limit=101 | Invalid limit 101",
        "list?page_token=nonsense | page_token: expected one",
        "list?offset=1001 | offset: expected a whole number from 0 to 1000",
        "list?expand_tasks=perhaps | expand_tasks: expected true or false",
        "runs/list?limit=26 | Invalid limit 26 - it has to be no more than 25.",
        "runs/list?page_token=nonsense | page_token: expected one",
        "runs/list?start_time_from=yesterday | start_time_from: expected an int64",
        "runs/list?offset=10001 | offset: expected a whole number from 0 to 10000",
        "get?job_id=1&page_token=nonsense | page_token: expected one",
        "runs/export?run_id=1&views_to_export=NONSENSE | views_to_export: expected one of CODE",
      })
  void aQueryThatMakesNoSenseIsRefused(String query, String says) {
    Answer refused = one.get(query);

    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
    assertThat(refused.message()).startsWith(says);
  }

  @Test
  void aQueueIsOnForJobsOf22Only() {
    var sleeps = JobSettings.python(scripts.write("import time; time.sleep(300)"));
    long skips = one.create(sleeps);
    long queues = two.create(sleeps);
    long first = plain.runNow(skips);
    long other = plain.runNow(queues);

    long skipped = plain.runNow(skips);
    long queued = plain.runNow(queues);

    assertThat(plain.awaitEnd(skipped).state()).isEqualTo("SKIPPED");
    JsonNode shown = two.get("runs/get?run_id=" + skipped).ok();
    assertThat(shown.path("state").path("result_state").asText())
        .isEqualTo("MAXIMUM_CONCURRENT_RUNS_REACHED");
    assertThat(shown.path("status").path("termination_details").path("code").asText())
        .isEqualTo("MAX_CONCURRENT_RUNS_EXCEEDED");
    JsonNode waits = two.get("runs/get?run_id=" + queued).ok();
    assertThat(waits.path("state").path("life_cycle_state").asText()).isEqualTo("QUEUED");
    assertThat(waits.path("status").path("queue_details").path("code").asText())
        .isEqualTo("MAX_CONCURRENT_RUNS_REACHED");
    two.post("runs/cancel-all", Map.of("job_id", queues, "all_queued_runs", true)).ok();
    assertThat(plain.awaitEnd(queued).result()).isEqualTo("CANCELED");
    assertThat(plain.run(other).isFinal()).isFalse();
    assertThat(
            two.post("runs/cancel-all", Map.of("job_id", 4_000_000_000L, "all_queued_runs", true))
                .message())
        .isEqualTo("Job 4000000000 does not exist.");
    for (long job : List.of(skips, queues)) {
      plain.post("runs/cancel-all", Map.of("job_id", job)).ok();
    }
    plain.awaitEnd(first);
    plain.awaitEnd(other);
  }

  @Test
  void jobParametersHaveTheirDefaultsAndTheirValues() {
    long job =
        one.create(
            tasks(task("t"))
                .with(
                    "parameters",
                    List.of(
                        Map.of("name", "day", "default", "today"),
                        Map.of("name", "table", "default", "t"))));
    long run =
        one.post("run-now", Map.of("job_id", job, "job_parameters", Map.of("day", "monday")))
            .ok()
            .path("run_id")
            .asLong();

    JsonNode parameters = one.get("runs/get?run_id=" + run).ok().path("job_parameters");

    assertThat(parameters).hasSize(2);
    assertThat(parameters.path(0).path("name").asText()).isEqualTo("day");
    assertThat(parameters.path(0).path("default").asText()).isEqualTo("today");
    assertThat(parameters.path(0).path("value").asText()).isEqualTo("monday");
    assertThat(parameters.path(1).has("value")).isFalse();
    plain.awaitEnd(run);
  }

  @Test
  void longArraysComeInPiecesFrom22On() {
    List<Map<String, String>> parameters = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      parameters.add(Map.of("name", "p" + i, "default", "d"));
    }
    long job = two.create(tasks(task("t")).with("parameters", parameters));

    JsonNode first = two.get("get?job_id=" + job).ok();
    JsonNode rest =
        two.get("get?job_id=" + job + "&page_token=" + first.path("next_page_token").asText()).ok();

    assertThat(first.path("settings").path("parameters")).hasSize(100);
    assertThat(rest.path("settings").path("parameters")).hasSize(50);
    assertThat(rest.path("settings").path("tasks").isArray()).isTrue();
    assertThat(rest.path("settings").path("tasks")).isEmpty();
    assertThat(rest.has("next_page_token")).isFalse();
    assertThat(one.get("get?job_id=" + job).ok().path("settings").path("parameters")).hasSize(150);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | tasks: expected one task at least, not 0",
        "[{'noop_task':{}}] | tasks[0].task_key: required field is missing",
        "[{'task_key':'a b','noop_task':{}}] | tasks[0].task_key: expected 1 to 100 letters",
        "[{'task_key':'a'}] | tasks[0]: A task is missing",
        "[{'task_key':'a','noop_task':{},'depends_on':[{'task_key':'b'}]}] | tasks[0].depends_on[0].task_key: expected the key of a task",
        "[{'task_key':'a','noop_task':{},'depends_on':[{'task_key':'a'}]}] | tasks: the tasks wait for each other in a circle",
        "[{'task_key':'a','noop_task':{},'run_if':'SOMETIMES'}] | tasks[0].run_if: expected one of",
        "[{'task_key':'a','noop_task':{},'job_cluster_key':'c'}] | tasks[0].job_cluster_key: expected one of job_clusters",
        "[{'task_key':'a','spark_jar_task':{'main_class_name':'A'}}] | tasks[0]: One of job_cluster_key, new_cluster, or existing_cluster_id must be specified.",
        "[{'task_key':'a','condition_task':{'op':'IS','left':'1','right':'1'}}] | tasks[0].condition_task.op: expected one of",
        "[{'task_key':'a','for_each_task':{'inputs':'[1]'}}] | tasks[0].for_each_task.task: required",
        "[{'task_key':'a','noop_task':{},'max_retries':-2}] | tasks[0].max_retries: expected",
        "[{'task_key':'a','noop_task':{},'libraries':[{}]}] | tasks[0].libraries[0].*: exactly one",
      })
  void whatIsWrongInATaskIsNamedWithItsPlace(String tasks, String says) {
    String body = "{\"name\":\"wrong\",\"tasks\":" + tasks.replace('\'', '"') + "}";
    for (String path : List.of("create", "runs/submit")) {
      Answer refused = Jobs.send(one.request(path).POST(BodyPublishers.ofString(body)).build());
      assertThat(refused.status()).as(refused.text()).isEqualTo(400);
      assertThat(refused.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
      assertThat(refused.message()).startsWith(says);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "2.1", "2.2"})
  void aRunOfNoSavedJobIsNotListedAmongJobs(String version) {
    Jobs jobs = plain.in(version);
    int before = plain.get("list").ok().path("jobs").size();
    String token = UUID.randomUUID().toString();
    Map<String, Object> request =
        Map.of("run_name", "once", "noop_task", Map.of(), "idempotency_token", token);

    JsonNode submitted = jobs.post("runs/submit", request).ok();
    long run = submitted.path("run_id").asLong();

    assertThat(submitted).hasSize(1);
    assertThat(plain.awaitEnd(run).state()).isEqualTo("TERMINATED SUCCESS");
    assertThat(plain.run(run).json().path("run_type").asText()).isEqualTo("SUBMIT_RUN");
    assertThat(plain.run(run).json().path("run_name").asText()).isEqualTo("once");
    assertThat(jobs.post("runs/submit", request).ok()).isEqualTo(submitted);
    assertThat(plain.get("list").ok().path("jobs")).hasSize(before);
    assertThat(ids(jobs.get("runs/list?run_type=SUBMIT_RUN&limit=5").ok().path("runs"), "run_id"))
        .contains(run);
    assertThat(ids(jobs.get("runs/list?run_type=JOB_RUN&limit=5").ok().path("runs"), "run_id"))
        .doesNotContain(run);
  }

  @Test
  void aLoopTellsOfItsIterations() {
    Map<String, Object> loop =
        Map.of(
            "task_key",
            "loop",
            "for_each_task",
            Map.of(
                "inputs",
                "[1, 2, 3]",
                "concurrency",
                2,
                "task",
                Map.of("task_key", "inner", "noop_task", Map.of())));
    long run = plain.runToEnd(one.create(tasks(loop))).id();

    JsonNode task = one.get("runs/get?run_id=" + run).ok().path("tasks").path(0);
    JsonNode stats = task.path("for_each_task").path("stats").path("task_run_stats");
    JsonNode asked = one.get("runs/get?run_id=" + task.path("run_id").asLong()).ok();

    assertThat(task.path("state").path("result_state").asText()).isEqualTo("SUCCESS");
    assertThat(stats.path("total_iterations").asInt()).isEqualTo(3);
    assertThat(stats.path("succeeded_iterations").asInt()).isEqualTo(3);
    assertThat(asked.path("iterations")).hasSize(3);
    assertThat(ids(asked.path("iterations"), "run_id")).doesNotHaveDuplicates();
  }

  @Test
  void onlyRunsThatAreOverCanBeDeleted() {
    long run =
        plain.runNow(
            plain.create(JobSettings.python(scripts.write("import time; time.sleep(300)"))));

    Answer refused = one.post("runs/delete", Map.of("run_id", run));
    plain.cancel(run);
    plain.awaitEnd(run);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.errorCode()).isEqualTo("INVALID_STATE");
    assertThat(one.post("runs/delete", Map.of("run_id", run)).ok()).isEmpty();
    assertThat(one.get("runs/get?run_id=" + run).message())
        .isEqualTo("Run " + run + " does not exist.");
  }

  @Test
  void aRunThatIsNoNotebookIsNotExported() {
    long run = plain.runToEnd(plain.create(JobSettings.noop())).id();

    Answer refused = plain.get("runs/export?run_id=" + run);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message()).contains("only those can be exported");
  }

  @Test
  void everyRunOfAJobIsCanceledAtOnce() {
    long job =
        plain.create(JobSettings.python(scripts.write("import time; time.sleep(300)")).atMost(3));
    List<Long> runs = List.of(plain.runNow(job), plain.runNow(job));

    assertThat(plain.post("runs/cancel-all", Map.of("job_id", job)).ok()).isEmpty();

    runs.forEach(run -> assertThat(plain.awaitEnd(run).result()).isEqualTo("CANCELED"));
    assertThat(plain.post("runs/cancel-all", Map.of("job_id", job)).ok()).isEmpty();
    Answer unknown = plain.post("runs/cancel-all", Map.of("job_id", 4_000_000_000L));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.message()).isEqualTo("Job 4000000000 does not exist.");
  }
}
