package io.mutirao.systemtests.journeys;

import static io.mutirao.systemtests.stack.Core.command;
import static io.mutirao.systemtests.stack.Core.definition;
import static io.mutirao.systemtests.stack.Core.python;
import static io.mutirao.systemtests.stack.Core.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.systemtests.stack.Core;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs of several tasks: what starts when, what is tried again, and what a repair runs. */
@OnJourneyStack
class GraphIT {

  private final Mutirao mutirao;
  private final Core core;
  private final Jobs jobs;
  private final Scripts scripts;

  GraphIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    core = new Core(mutirao);
    jobs = mutirao.jobs();
    scripts = mutirao.scripts();
  }

  private String script(String text) {
    return "file:" + scripts.write(text);
  }

  /** A script that fails as long as a file is there, and notes each start. */
  private String failsWhile(Path file) {
    return script(
        """
        import os, sys
        open(%1$s + ".starts", "a").write("x")
        sys.exit(1 if os.path.exists(%1$s) else 0)
        """
            .formatted("'" + file + "'"));
  }

  private static long starts(Path file) throws IOException {
    return Files.size(Path.of(file + ".starts"));
  }

  private static ObjectNode retry(ObjectNode task, int max, int minIntervalMillis) {
    task.withObject("/retry")
        .put("max", max)
        .put("minIntervalMillis", minIntervalMillis)
        .put("onTimeout", false);
    return task;
  }

  @Test
  void tasksStartWhenWhatTheyWaitForIsOver() {
    long job =
        core.createJob(
            definition(
                task("a", "noop"),
                task("b", "noop", "a"),
                task("c", "noop", "a"),
                task("d", "noop", "b", "c")));

    long run = core.run(job);

    assertThat(core.awaitFinished(run).path("result").asText()).isEqualTo("SUCCEEDED");
    List<String> ended = core.ended(run, 0);
    assertThat(ended).hasSize(4).startsWith("a:0:SUCCEEDED").endsWith("d:0:SUCCEEDED");
    assertThat(core.events(run).stream().map(event -> event.path("sequence").asInt()))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, core.events(run).size()).boxed().toList());
  }

  @Test
  void aFailureKeepsWhatWaitsForItFromRunningAndIsTheRunsOwn() throws IOException {
    Path broken = scripts.newFile("");
    Files.createFile(broken);
    ObjectNode cleanUp = task("clean-up", "noop", "a").put("runIf", "AT_LEAST_ONE_FAILED");
    long job =
        core.createJob(
            definition(python("a", failsWhile(broken)), task("b", "noop", "a"), cleanUp));

    long run = core.run(job);

    JsonNode end = core.awaitFinished(run);
    assertThat(end.path("result").asText()).isEqualTo("FAILED");
    assertThat(end.path("message").asText()).startsWith("Task a failed with message: ");
    assertThat(core.ended(run, 0))
        .contains("a:0:FAILED", "b:0:UPSTREAM_FAILED", "clean-up:0:SUCCEEDED");
  }

  @Test
  void onlyTheBranchThatAConditionChoosesIsRun() {
    ObjectNode condition = task("big", "condition");
    condition.withObject("/spec").put("op", "GREATER_THAN").put("left", "10").put("right", "9");
    long job =
        core.createJob(
            definition(
                condition,
                task("yes", "noop", "big=true"),
                task("no", "noop", "big=false"),
                task("after-no", "noop", "no"),
                task("after-both", "noop", "yes", "no")));

    long run = core.run(job);

    assertThat(core.awaitFinished(run).path("result").asText()).isEqualTo("SUCCEEDED");
    assertThat(core.ended(run, 0))
        .containsExactlyInAnyOrder(
            "big:0:SUCCEEDED",
            "yes:0:SUCCEEDED",
            "no:0:EXCLUDED",
            "after-no:0:EXCLUDED",
            "after-both:0:SUCCEEDED");
  }

  @Test
  void aTaskIsTriedAgainAsOftenAsItsPolicySays() throws IOException {
    Path broken = scripts.newFile("");
    Files.createFile(broken);
    long job = core.createJob(definition(retry(python("a", failsWhile(broken)), 2, 300)));

    long run = core.run(job);

    assertThat(core.awaitFinished(run).path("result").asText()).isEqualTo("FAILED");
    assertThat(core.ended(run, 0)).containsExactly("a:0:FAILED", "a:1:FAILED", "a:2:FAILED");
    assertThat(starts(broken)).isEqualTo(3);
  }

  @Test
  void aRetryOfAWholeRunIsARunOfItsOwn() throws IOException {
    Path broken = scripts.newFile("");
    Files.createFile(broken);
    long job = core.createJob(retry(definition(python("main", failsWhile(broken))), 1, 0));

    long run = core.run(job);

    JsonNode end = core.awaitFinished(run);
    assertThat(end.path("result").asText()).isEqualTo("FAILED");
    assertThat(end.path("retried").asBoolean()).isTrue();
    await("the retry").atMost(Jobs.DEADLINE).until(() -> jobs.runsOf(job).size() == 2);
    long second = jobs.runsOf(job).stream().mapToLong(r -> r.id()).max().orElseThrow();
    JsonNode shown = jobs.awaitEnd(second).json();
    assertThat(shown.path("number_in_job").asInt()).isEqualTo(2);
    assertThat(shown.path("trigger").asText()).isEqualTo("RETRY");
    assertThat(shown.path("attempt_number").asInt()).isEqualTo(1);
    assertThat(shown.path("original_attempt_run_id").asLong()).isEqualTo(run);
    assertThat(core.awaitFinished(second).path("retried").asBoolean()).isFalse();
    assertThat(starts(broken)).isEqualTo(2);
  }

  @Test
  void aRunThatTimedOutIsTriedAgainIfItsJobSaysSo() {
    ObjectNode definition =
        retry(definition(python("main", script("import time\ntime.sleep(600)\n"))), 1, 0);
    definition.withObject("/retry").put("onTimeout", true);
    long job = core.createJob(definition.put("timeoutSeconds", 1));

    JsonNode end = core.awaitFinished(core.run(job));

    assertThat(end.path("result").asText()).isEqualTo("TIMED_OUT");
    assertThat(end.path("retried").asBoolean()).isTrue();
    await("the retry").atMost(Jobs.DEADLINE).until(() -> jobs.runsOf(job).size() == 2);
    long second = jobs.runsOf(job).stream().mapToLong(r -> r.id()).max().orElseThrow();
    assertThat(core.awaitFinished(second).path("retried").asBoolean()).isFalse();
  }

  @Test
  void aRepeatedCancelOfAllRunsLeavesThoseThatCameSince() {
    long job = core.createJob(definition(task("only", "noop")));
    ObjectNode cancel = command("CancelJobRuns").put("job", job);
    String id = UUID.randomUUID().toString();
    assertThat(core.ask("run.commands", cancel, id).path("type").asText()).isEqualTo("Accepted");
    String sleeps = script("import time\ntime.sleep(2)\n");
    ObjectNode replace = command("ReplaceJob").put("job", job);
    replace.set("definition", definition(python("only", sleeps)));
    core.ask("job.commands", replace);
    long run = core.run(job);

    assertThat(core.ask("run.commands", cancel, id).path("type").asText()).isEqualTo("Accepted");

    assertThat(core.awaitFinished(run).path("result").asText()).isEqualTo("SUCCEEDED");
  }

  @Test
  void runsThatMayWaitAreLetInOneAfterTheOther() {
    ObjectNode definition = definition(task("a", "noop"), task("b", "noop", "a"));
    long job = core.createJob(definition.put("queue", true));

    List<Long> runs = IntStream.range(0, 5).mapToObj(_ -> core.run(job)).toList();

    for (long run : runs) {
      assertThat(core.awaitFinished(run).path("result").asText()).isEqualTo("SUCCEEDED");
    }
    List<Long> ends =
        runs.stream()
            .map(run -> core.awaitFinished(run).path("at").asText())
            .map(at -> Instant.parse(at).toEpochMilli())
            .toList();
    assertThat(ends).isSorted();
  }

  @Test
  void aRepairRunsWhatFailedAndWhatWaitsForItAndNothingElse() throws IOException {
    Path broken = scripts.newFile("");
    Path fine = scripts.newFile("");
    Files.createFile(broken);
    long job =
        core.createJob(
            definition(
                python("fine", failsWhile(fine)),
                python("bad", failsWhile(broken), "fine"),
                task("after", "noop", "bad")));
    long run = core.run(job);
    assertThat(core.awaitFinished(run).path("result").asText()).isEqualTo("FAILED");
    Files.delete(broken);

    ObjectNode repair =
        command("RepairRun").put("run", run).put("allFailed", true).put("dependents", false);
    JsonNode accepted = core.ask("run.commands", repair.deepCopy());

    assertThat(accepted.path("repair").asLong()).isPositive();
    assertThat(core.awaitFinished(run, 1).path("result").asText()).isEqualTo("SUCCEEDED");
    assertThat(core.ended(run, 1)).containsExactly("bad:0:SUCCEEDED", "after:0:SUCCEEDED");
    assertThat(starts(fine)).isEqualTo(1);
    assertThat(starts(broken)).isEqualTo(2);
    assertThat(core.ask("run.commands", repair).path("reason").asText()).isEqualTo("STALE_REPAIR");
    assertThat(jobs.run(run).state()).isEqualTo("TERMINATED SUCCESS");
  }

  @Test
  void theDatabaseKnowsNoWayBackForATask() {
    String sleeps = script("import time\ntime.sleep(600)\n");
    long run = core.run(core.createJob(definition(python("a", sleeps), task("b", "noop", "a"))));
    jobs.awaitRunning(run);
    String back =
        "update dispatcher.task_run set phase = 'PENDING' where position = 0 and run_id = " + run;

    assertThatThrownBy(() -> mutirao.database().execute(back))
        .hasStackTraceContaining("run %d cannot go back from RUNNING to PENDING".formatted(run));

    core.ask("run.commands", command("CancelRun").put("run", run));
    core.awaitFinished(run);
  }

  @Test
  void cancelingARunEndsAllItsTasks() {
    String sleeps = script("import time\ntime.sleep(600)\n");
    long job =
        core.createJob(
            definition(python("a", sleeps), python("b", sleeps), task("c", "noop", "a", "b")));
    long run = core.run(job);
    await("both run")
        .atMost(Jobs.DEADLINE)
        .until(() ->
            core.events(run).stream()
                    .filter(event -> event.path("phase").asText().equals("RUNNING"))
                    .count()
                == 2);

    core.ask("run.commands", command("CancelRun").put("run", run));

    assertThat(core.awaitFinished(run).path("result").asText()).isEqualTo("CANCELED");
    assertThat(core.ended(run, 0))
        .containsExactlyInAnyOrder("a:0:CANCELED", "b:0:CANCELED", "c:0:CANCELED");
  }

  @Test
  void aTaskThatTakesTooLongIsEndedAndTheRunGoesOn() {
    ObjectNode slow = python("slow", script("import time\ntime.sleep(600)\n"));
    slow.put("timeoutSeconds", 1);
    ObjectNode after = task("after", "noop", "slow").put("runIf", "ALL_DONE");
    long run = core.run(core.createJob(definition(slow, after)));

    assertThat(core.awaitFinished(run).path("result").asText())
        .isEqualTo("SUCCEEDED_WITH_FAILURES");
    assertThat(core.ended(run, 0)).containsExactly("slow:0:TIMED_OUT", "after:0:SUCCEEDED");
  }

  @Test
  void whatIsSubmittedRunsOnceAndIsNoSavedJob() {
    ObjectNode submit = command("SubmitRun").put("token", "submit-" + System.nanoTime());
    submit.set("definition", definition(task("only", "noop")));

    long run = core.run(submit.deepCopy());

    assertThat(core.awaitFinished(run).path("result").asText()).isEqualTo("SUCCEEDED");
    assertThat(core.run(submit)).isEqualTo(run);
    ObjectNode[] tooMany =
        IntStream.range(0, 101).mapToObj(i -> task("t" + i, "noop")).toArray(ObjectNode[]::new);
    ObjectNode large = command("SubmitRun");
    large.set("definition", definition(tooMany));
    JsonNode refused = core.ask("run.commands", large);
    assertThat(refused.path("reason").asText()).isEqualTo("INVALID");
    assertThat(refused.path("message").asText())
        .isEqualTo("tasks: expected from 1 to 100 tasks, not 101");
  }

  @Test
  void aRunThatWasDeletedIsGoneAndItsTokenSaysSo() {
    String token = "deleted-" + System.nanoTime();
    long job = core.createJob(definition(task("only", "noop")));
    ObjectNode runJob = command("RunJob").put("job", job).put("token", token);
    long run = core.run(runJob.deepCopy());
    core.awaitFinished(run);
    jobs.awaitEnd(run);

    assertThat(core.ask("run.commands", command("DeleteRun").put("run", run)).path("type").asText())
        .isEqualTo("Accepted");

    assertThat(core.ask("run.commands", runJob).path("reason").asText())
        .isEqualTo("TOKEN_OF_DELETED_RUN");
    assertThat(
            core.ask("run.commands", command("DeleteRun").put("run", run)).path("reason").asText())
        .isEqualTo("UNKNOWN_RUN");
    assertThat(jobs.runsOf(job)).isEmpty();
  }

  @Test
  void aRunThatTakesLongIsWarnedOfOnce() {
    ObjectNode definition = definition(python("slow", script("import time\ntime.sleep(3)\n")));
    long run = core.run(core.createJob(definition.put("warnAfterSeconds", 1)));

    core.awaitFinished(run);

    assertThat(core.events(run).stream().map(event -> event.path("type").asText()))
        .containsExactly("RunQueued", "RunStarted", "DurationWarning", "RunFinished");
  }

  @Test
  void aTaskThatRunsAnotherJobEndsAsThatRunDoes() {
    long inner = core.createJob(definition(task("only", "noop")));
    ObjectNode calls = task("calls", "run_job");
    calls.withObject("/spec").put("job", inner);
    ObjectNode callsNobody = task("calls-nobody", "run_job", "calls");
    callsNobody.withObject("/spec").put("job", 4_000_000_002L);

    long run = core.run(core.createJob(definition(calls, callsNobody)));

    JsonNode end = core.awaitFinished(run);
    assertThat(end.path("result").asText()).isEqualTo("FAILED");
    assertThat(end.path("message").asText()).contains("Job 4000000002 does not exist.");
    assertThat(core.ended(run, 0)).containsExactly("calls:0:SUCCEEDED", "calls-nobody:0:FAILED");
    assertThat(jobs.runsOf(inner))
        .singleElement()
        .satisfies(child -> assertThat(child.state()).isEqualTo("TERMINATED SUCCESS"));
  }

  @Test
  void cancelingARunCancelsTheRunThatItWaitsFor() {
    long inner = core.createJob(definition(python("a", script("import time\ntime.sleep(600)\n"))));
    ObjectNode calls = task("calls", "run_job");
    calls.withObject("/spec").put("job", inner);
    long run = core.run(core.createJob(definition(calls)));
    await("the inner run")
        .atMost(Jobs.DEADLINE)
        .until(() -> jobs.runsOf(inner).stream().anyMatch(r -> r.state().startsWith("RUNNING")));

    core.ask("run.commands", command("CancelRun").put("run", run));

    assertThat(core.awaitFinished(run).path("result").asText()).isEqualTo("CANCELED");
    assertThat(jobs.awaitEnd(jobs.runsOf(inner).getFirst().id()).state())
        .isEqualTo("TERMINATED CANCELED");
  }

  @Test
  void aJobThatRunsItselfComesToAnEnd() {
    ObjectNode definition = definition(task("again", "run_job"));
    definition.put("maxConcurrentRuns", 100);
    long job = core.createJob(definition);
    definition.withArray("/tasks").get(0).withObject("/spec").put("job", job);
    ObjectNode replace = command("ReplaceJob").put("job", job);
    replace.set("definition", definition);
    assertThat(core.ask("job.commands", replace).path("type").asText()).isEqualTo("Accepted");

    long run = core.run(job);

    JsonNode end = core.awaitFinished(run);
    assertThat(end.path("result").asText()).isEqualTo("FAILED");
    assertThat(end.path("message").asText()).contains("Does a job run itself?");
    assertThat(jobs.runsOf(job)).hasSize(11);
  }

  @Test
  void aLoopRunsItsTaskOncePerInput() throws IOException {
    Path seen = scripts.newFile("");
    String notes =
        script(
            """
            import os, sys
            with open(%s, "a") as seen:
                seen.write(sys.argv[1] + "\\n")
            sys.exit(3 if sys.argv[1] == "bad" else 0)
            """
                .formatted("'" + seen + "'"));
    ObjectNode loop = task("loop", "for_each");
    ObjectNode spec = loop.withObject("/spec");
    spec.put("inputs", "[\"a\", \"b\", {\"x\": 1}, \"bad\", 5]").put("concurrency", 2);
    ObjectNode inner = python("inner", notes);
    inner.withObject("/spec").withArray("/parameters").add("{{input}}");
    spec.set("task", inner);

    long run = core.run(core.createJob(definition(loop, task("after", "noop", "loop"))));

    JsonNode end = core.awaitFinished(run);
    assertThat(end.path("message").asText()).contains("1 of 5 iterations failed");
    assertThat(Files.readAllLines(seen))
        .containsExactlyInAnyOrder("a", "b", "{\"x\":1}", "bad", "5");
  }

  @Test
  void referencesAreReplacedAndAnUnknownOneIsAClearError() throws IOException {
    Path seen = scripts.newFile("");
    ObjectNode good =
        python("good", script("import sys\nopen('%s', 'w').write(sys.argv[1])\n".formatted(seen)));
    good.withObject("/spec")
        .withArray("/parameters")
        .add(
            "{{job.id}}/{{run.id}}/{{job_id}}/{{task_retry_count}}/{{job.parameters.colour}}"
                + "/{{job.start_time.iso_date}}={{start_date}}/{{start_time}}");
    ObjectNode after =
        python(
            "after",
            script("import sys\nopen('%s.after', 'w').write(sys.argv[1])\n".formatted(seen)),
            "good");
    after
        .withObject("/spec")
        .withArray("/parameters")
        .add("{{tasks.good.result_state}}/{{run_id}}");
    ObjectNode bad = task("bad", "noop", "after");
    bad.withObject("/spec").withArray("/parameters").add("{{job.colour}}");
    ObjectNode definition = definition(good, after, bad);
    definition.putObject("parameters").put("colour", "blue {{job.id}}");
    long job = core.createJob(definition);

    long run = core.run(job);

    assertThat(core.awaitFinished(run).path("message").asText())
        .isEqualTo("Task bad failed with message: There is no dynamic value {{job.colour}}");
    JsonNode shown = jobs.run(run).json();
    long start = shown.path("start_time").asLong();
    LocalDate day = Instant.ofEpochMilli(start).atOffset(ZoneOffset.UTC).toLocalDate();
    assertThat(Files.readString(seen))
        .isEqualTo("%d/%d/%d/0/blue %d/%s=%s/%d".formatted(job, run, job, job, day, day, start));
    assertThat(Files.readString(Path.of(seen + ".after")))
        .isEqualTo("success/" + shown.at("/tasks/1/run_id").asLong());
  }
}
