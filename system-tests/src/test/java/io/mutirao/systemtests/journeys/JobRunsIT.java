package io.mutirao.systemtests.journeys;

import static io.mutirao.systemtests.stack.Jobs.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Run;
import io.mutirao.systemtests.stack.Scripts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A job from its definition to the output of its runs. */
@OnJourneyStack
class JobRunsIT {

  private static final List<String> FORWARD =
      List.of("PENDING", "RUNNING", "TERMINATING", "TERMINATED");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Jobs jobs;
  private final Scripts scripts;

  JobRunsIT(Mutirao mutirao) {
    jobs = mutirao.jobs();
    scripts = mutirao.scripts();
  }

  @Test
  void aJobIsCreatedAndRunAndItsOutputCanBeRead() {
    Path script = scripts.write("print('many hands'); print('one job: ação')");
    long job = jobs.create(JobSettings.python(script));

    Run end = jobs.runToEnd(job);

    assertThat(end.state()).isEqualTo("TERMINATED SUCCESS");
    assertThat(end.job()).isEqualTo(job);
    assertThat(end.message()).isEmpty();
    JsonNode output = jobs.get("runs/get-output?run_id=" + end.id()).ok();
    assertThat(output.path("logs").asText()).isEqualTo("many hands\none job: ação\n");
    assertThat(output.path("metadata").path("run_id").asLong()).isEqualTo(end.id());
    assertThat(output.has("error")).isFalse();
  }

  @Test
  void theStatesOfARunGoOnlyForward() {
    long job = jobs.create(JobSettings.python(scripts.write("import time; time.sleep(0.3)")));
    long run = jobs.runNow(job);

    List<String> seen = new ArrayList<>();
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!seen.contains("TERMINATED")) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      String now = jobs.run(run).lifeCycle();
      if (seen.isEmpty() || !seen.getLast().equals(now)) {
        seen.add(now);
      }
    }

    assertThat(seen).contains("RUNNING").isSubsetOf(FORWARD).doesNotHaveDuplicates();
    assertThat(seen.stream().map(FORWARD::indexOf)).isSorted();
  }

  @Test
  void aRunTellsWhoseItIsAndWhenItWas() {
    long job = jobs.create(JobSettings.noop().with("name", "told"));
    jobs.runToEnd(job);

    JsonNode run = jobs.runToEnd(job).json();

    assertThat(run.path("number_in_job").asLong()).isEqualTo(2);
    assertThat(run.path("original_attempt_run_id").asLong()).isEqualTo(run.path("run_id").asLong());
    assertThat(run.path("attempt_number").asInt(-1)).isZero();
    assertThat(run.path("run_type").asText()).isEqualTo("JOB_RUN");
    assertThat(run.path("trigger").asText()).isEqualTo("ONE_TIME");
    assertThat(run.path("run_name").asText()).isEqualTo("told");
    assertThat(run.path("creator_user_name").asText()).isNotEmpty();
    assertThat(run.path("run_page_url").asText()).startsWith("http");
    assertThat(run.path("cluster_spec").path("existing_cluster_id").asText()).isEqualTo("default");
    long start = run.path("start_time").asLong();
    long end = run.path("end_time").asLong();
    assertThat(start).isCloseTo(System.currentTimeMillis(), within(60_000L));
    assertThat(end).isGreaterThanOrEqualTo(start);
    assertThat(run.path("execution_duration").asLong(-1)).isBetween(0L, end - start);
  }

  @Test
  void theDefinitionIsReadBackAsItWasSent() {
    JobSettings settings =
        JobSettings.python("file:/nowhere.py", "a", "", "ç")
            .with("name", "Nightly model training")
            .with("timeout_seconds", 3600)
            .with("max_concurrent_runs", 7)
            .with("email_notifications", Map.of("on_failure", List.of("someone@example.com")));

    long job = jobs.create(settings);

    JsonNode got = jobs.get("get?job_id=" + job).ok();
    assertThat(got.path("job_id").asLong()).isEqualTo(job);
    assertThat(got.path("created_time").asLong()).isPositive();
    assertThat(got.path("creator_user_name").asText()).isNotEmpty();
    settings
        .fields()
        .forEach((name, value) ->
            assertThat(got.path("settings").path(name)).as(name).isEqualTo(tree(value)));
    JsonNode listed = jobs.get("list").ok().path("jobs");
    assertThat(listed).anySatisfy(each -> assertThat(each).isEqualTo(got));
  }

  private static JsonNode tree(Object value) {
    return JSON.valueToTree(value);
  }

  @Test
  void aJobWithoutANameIsUntitled() {
    long job = jobs.create(JobSettings.noop());

    assertThat(jobs.get("get?job_id=" + job).ok().path("settings").path("name").asText())
        .isEqualTo("Untitled");
  }

  @Test
  void theParametersOfTheJobReachTheScriptUnchanged() {
    Path script = scripts.write("import sys, json; print(json.dumps(sys.argv[1:]))");
    long job = jobs.create(JobSettings.python(script, "one", "two words", "", "'\"$(x)*", "ação"));

    Run end = jobs.runToEnd(job);

    assertThat(tree(List.of("one", "two words", "", "'\"$(x)*", "ação")))
        .isEqualTo(read(jobs.logs(end.id())));
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  @Test
  void theParametersOfARequestReplaceThoseOfTheJobInThatRunOnly() {
    Path script = scripts.write("import sys; print(' '.join(sys.argv[1:]))");
    long job = jobs.create(JobSettings.python(script, "of", "job").atMost(2));

    long own = jobs.runNow(Map.of("job_id", job, "python_params", List.of("of", "request")));
    long usual = jobs.runNow(job);

    Run end = jobs.awaitEnd(own);
    assertThat(jobs.logs(own)).isEqualTo("of request\n");
    assertThat(end.json().path("overriding_parameters").path("python_params"))
        .isEqualTo(tree(List.of("of", "request")));
    jobs.awaitEnd(usual);
    assertThat(jobs.logs(usual)).isEqualTo("of job\n");
  }

  @Test
  void aFailingScriptIsTerminatedAndFailedWithTheLastLineOfItsError() {
    Path script = scripts.write("print('before')\nraise ValueError('the well is dry')");
    long job = jobs.create(JobSettings.python(script));

    Run end = jobs.runToEnd(job);

    assertThat(end.state()).isEqualTo("TERMINATED FAILED");
    assertThat(end.message()).isEqualTo("ValueError: the well is dry");
    JsonNode output = jobs.get("runs/get-output?run_id=" + end.id()).ok();
    assertThat(output.path("error").asText()).isEqualTo("ValueError: the well is dry");
    assertThat(output.path("logs").asText()).startsWith("before\nTraceback");
  }

  @Test
  void aScriptThatExitsWithACodeFailsAndTellsIt() {
    long job = jobs.create(JobSettings.python(scripts.write("import sys; sys.exit(3)")));

    Run end = jobs.runToEnd(job);

    assertThat(end.state()).isEqualTo("TERMINATED FAILED");
    assertThat(end.message()).isEqualTo("exit code 3");
  }

  @Test
  void aScriptThatIsNotThereFailsAndSaysSo() {
    long job = jobs.create(JobSettings.python("file:/no/such/script.py"));

    Run end = jobs.runToEnd(job);

    assertThat(end.state()).isEqualTo("TERMINATED FAILED");
    assertThat(end.message()).contains("/no/such/script.py").contains("does not exist");
  }

  @Test
  void aRunThatTakesLongerThanItsTimeoutIsTimedOut() {
    Path alive = scripts.newFile(".alive");
    Path script = scripts.write(ProcessTree.writing(alive));
    // Long enough for three interpreters to start on a busy machine.
    long job = jobs.create(JobSettings.python(script).with("timeout_seconds", 5));

    Run end = jobs.runToEnd(job);

    assertThat(end.state()).isEqualTo("TERMINATED TIMEDOUT");
    ProcessTree.read(alive).assertGone();
  }

  @Test
  void aLongOutputIsCutAtFiveMegabytes() {
    Path script = scripts.write("print('\\n'.join('%09d' % i for i in range(700_000)))");
    long job = jobs.create(JobSettings.python(script));

    Run end = jobs.runToEnd(job);

    assertThat(end.state()).isEqualTo("TERMINATED SUCCESS");
    JsonNode output = jobs.get("runs/get-output?run_id=" + end.id()).ok();
    assertThat(output.path("logs").asText())
        .startsWith("000000000\n000000001\n")
        .hasSizeBetween(4_900_000, 5 << 20);
    assertThat(output.path("logs_truncated").asBoolean()).isTrue();
  }

  @Test
  void theOutputOfARunCanBeAskedForWhileItRuns() {
    Path script = scripts.write("import time; print('so far'); time.sleep(60)");
    long run = jobs.runNow(jobs.create(JobSettings.python(script)));
    jobs.awaitRunning(run);

    JsonNode output = jobs.get("runs/get-output?run_id=" + run).ok();

    assertThat(output.path("metadata").path("state").path("life_cycle_state").asText())
        .isEqualTo("RUNNING");
    jobs.cancel(run);
    jobs.awaitEnd(run);
  }
}
