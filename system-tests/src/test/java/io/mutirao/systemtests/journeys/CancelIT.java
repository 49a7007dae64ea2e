package io.mutirao.systemtests.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Run;
import io.mutirao.systemtests.stack.Scripts;
import io.mutirao.systemtests.stack.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ending runs before their time. */
@OnJourneyStack
class CancelIT {

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Scripts scripts;

  CancelIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
    scripts = mutirao.scripts();
  }

  @Test
  void cancelEndsTheWholeProcessTreeAlsoWhoLeftTheSession() {
    Path pids = scripts.newFile(".pids");
    long run =
        jobs.runNow(jobs.create(JobSettings.python(scripts.write(ProcessTree.stubborn(pids)))));
    ProcessTree tree = ProcessTree.read(pids);
    tree.assertAlive();

    Answer answer = jobs.post("runs/cancel", Map.of("run_id", run));

    assertThat(answer.text()).isEqualTo("{}");
    Run end = jobs.awaitEnd(run);
    tree.assertGone();
    assertThat(end.state()).isEqualTo("TERMINATED CANCELED");
    assertThat(end.json().path("state").path("user_cancelled_or_timedout").asBoolean()).isTrue();
  }

  @Test
  void cancelOfARunThatIsOverChangesNothing() {
    Run end = jobs.runToEnd(jobs.create(JobSettings.noop()));

    jobs.cancel(end.id());

    assertThat(jobs.run(end.id())).isEqualTo(end);
  }

  @Test
  void cancelTwiceIsCancelOnce() {
    long job = jobs.create(JobSettings.python(scripts.write("import time; time.sleep(300)")));
    long run = jobs.runNow(job);
    jobs.awaitRunning(run);

    jobs.cancel(run);
    jobs.cancel(run);

    assertThat(jobs.awaitEnd(run).state()).isEqualTo("TERMINATED CANCELED");
  }

  @Test
  void theDatabaseKnowsNoWayBack() {
    Path sleeps = scripts.write("import time; time.sleep(300)");
    long plain = jobs.runNow(jobs.create(JobSettings.python(sleeps)));
    jobs.awaitRunning(plain);
    String back = "update dispatcher.run set phase = 'PENDING' where run_id = " + plain;

    assertThatThrownBy(() -> mutirao.database().execute(back))
        .hasStackTraceContaining("run %d cannot go back from RUNNING to PENDING".formatted(plain));
    jobs.cancel(plain);
    jobs.awaitEnd(plain);
    assertThatThrownBy(() -> mutirao.database().execute(back))
        .hasStackTraceContaining("run %d cannot go back from FINISHED to PENDING".formatted(plain));
  }

  /** Hole A8: whoever has a run id can ask for the run, and cancel it, at once. */
  @Test
  void aRunIsKnownAsSoonAsItsIdIs() {
    Path marker = scripts.newFile(".ran");
    Path script =
        scripts.write("import time; time.sleep(60); open('%s', 'w').close()".formatted(marker));
    long job = jobs.create(JobSettings.python(script).atMost(100));

    List<Long> runs =
        Crowd.of(8)
            .all(() -> {
              long run = jobs.runNow(job);
              assertThat(jobs.run(run).id()).isEqualTo(run);
              jobs.cancel(run);
              return run;
            });

    assertThat(runs)
        .allSatisfy(run -> assertThat(jobs.awaitEnd(run).result()).isEqualTo("CANCELED"));
    assertThat(marker).matches(file -> !Files.exists(file), "no canceled script came to its end");
  }

  /** Hole B8: one command that ends a thousand runs is not one transaction that all wait for. */
  @Test
  void aThousandWaitingRunsAreCanceledInStepsSoThatNobodyWaitsForAll() {
    TopicReader events = mutirao.topic("run.events");
    TopicReader.Position before = events.end();
    long job =
        jobs.create(
            JobSettings.python(scripts.write("import time; time.sleep(300)"))
                .with("queue", Map.of("enabled", true)));
    Crowd.of(30)
        .all(() -> {
          for (int i = 0; i < 35; i++) {
            jobs.runNow(job);
          }
          return job;
        });

    jobs.post("runs/cancel-all", Map.of("job_id", job)).ok();

    await("the end of all")
        .atMost(Jobs.DEADLINE)
        .until(
            () -> jobs.get("runs/list?active_only=true&limit=1&job_id=" + job).ok(),
            page -> page.path("runs").isEmpty());
    assertThat(
            mutirao
                .database()
                .list(
                    "select result || count(*) from dispatcher.run where job_id = ? group by result",
                    row -> row.getString(1),
                    job))
        .containsExactly("CANCELED1050");
    Map<String, Long> steps =
        events.since(before).stream()
            .filter(event -> TopicReader.header(event, "ce_type").endsWith("RunFinished"))
            .filter(event -> new String(event.value(), UTF_8).contains("\"job\":" + job + ","))
            .map(event -> TopicReader.header(event, "ce_id"))
            .distinct()
            .collect(groupingBy(id -> id.substring(0, id.lastIndexOf('/')), counting()));
    assertThat(steps.values()).allMatch(ended -> ended <= 500);
    assertThat(steps.values().stream().mapToLong(ended -> ended).sum()).isEqualTo(1_050);
  }

  @Test
  void cancelOfAnUnknownRunIsRefused() {
    Answer answer = jobs.post("runs/cancel", Map.of("run_id", 4_000_000_000L));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
    assertThat(answer.message()).isEqualTo("Run 4000000000 does not exist.");
  }
}
