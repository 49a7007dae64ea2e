package io.mutirao.systemtests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Run;
import io.mutirao.systemtests.stack.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking for runs. */
@OnJourneyStack
class ListingIT {

  private final Jobs jobs;
  private final Scripts scripts;

  ListingIT(Mutirao mutirao) {
    jobs = mutirao.jobs();
    scripts = mutirao.scripts();
  }

  private static List<Long> ids(JsonNode page) {
    List<Long> ids = new ArrayList<>();
    page.path("runs").forEach(run -> ids.add(run.path("run_id").asLong()));
    return ids;
  }

  private List<Long> someRunsNewestFirst(long job, int count) {
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runs.addFirst(jobs.runToEnd(job).id());
    }
    return runs;
  }

  @Test
  void runsAreListedNewestFirstAPageAtATime() {
    long job = jobs.create(JobSettings.noop());
    List<Long> runs = someRunsNewestFirst(job, 5);

    JsonNode first = jobs.get("runs/list?limit=2&job_id=" + job).ok();
    JsonNode second = jobs.get("runs/list?limit=2&offset=2&job_id=" + job).ok();
    JsonNode last = jobs.get("runs/list?limit=2&offset=4&job_id=" + job).ok();

    assertThat(ids(first)).isEqualTo(runs.subList(0, 2));
    assertThat(ids(second)).isEqualTo(runs.subList(2, 4));
    assertThat(ids(last)).isEqualTo(runs.subList(4, 5));
    assertThat(List.of(first, second, last).stream().map(p -> p.path("has_more").asBoolean()))
        .containsExactly(true, true, false);
    assertThat(
            jobs.get("runs/list?limit=2&offset=50&job_id=" + job).ok().path("has_more").asBoolean())
        .isFalse();
  }

  @Test
  void aListedRunIsTheRun() {
    long job = jobs.create(JobSettings.noop());
    Run run = jobs.runToEnd(job);

    assertThat(jobs.runsOf(job)).containsExactly(run);
  }

  /** The gateway gives an answer again while nothing has happened; here something always does. */
  @Test
  void whatACallerWasAnsweredHeSeesWhenHeLooks() {
    Crowd.of(6)
        .all(() -> {
          long job = jobs.create(JobSettings.noop());
          String list = "runs/list?job_id=" + job;
          for (int round = 0; round < 6; round++) {
            assertThat(ids(jobs.get(list).ok())).isEmpty();
            long run = jobs.runNow(job);
            assertThat(ids(jobs.get(list).ok())).containsExactly(run);
            jobs.awaitEnd(run);
            assertThat(jobs.runsOf(job)).containsExactly(jobs.run(run));
            jobs.post("runs/delete", Map.of("run_id", run)).ok();
            assertThat(jobs.get("runs/get?run_id=" + run).status()).isEqualTo(400);
          }
          return job;
        });
  }

  @Test
  void activeAndCompletedRunsCanBeAskedForAlone() {
    long job =
        jobs.create(JobSettings.python(scripts.write("import time; time.sleep(300)")).atMost(2));
    long active = jobs.runNow(job);
    jobs.awaitRunning(active);
    long canceled = jobs.runNow(job);
    jobs.cancel(canceled);
    jobs.awaitEnd(canceled);

    assertThat(ids(jobs.get("runs/list?active_only=true&job_id=" + job).ok()))
        .containsExactly(active);
    assertThat(ids(jobs.get("runs/list?completed_only=true&job_id=" + job).ok()))
        .containsExactly(canceled);
    assertThat(ids(jobs.get("runs/list?active_only=False&job_id=" + job).ok()))
        .containsExactly(canceled, active);
    jobs.cancel(active);
    jobs.awaitEnd(active);
  }

  @Test
  void withoutAJobTheRunsOfAllAreListed() {
    long run = jobs.runToEnd(jobs.create(JobSettings.noop())).id();
    long other = jobs.runToEnd(jobs.create(JobSettings.noop())).id();

    assertThat(ids(jobs.get("runs/list").ok())).contains(run, other).hasSizeLessThanOrEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=-1",
        "limit=1001",
        "limit=many",
        "offset=-1",
        "offset=9999999999",
        "active_only=true&completed_only=true",
        "active_only=perhaps",
        "job_id=abc",
        "job_id=99999999999999999999",
        "limit=1&limit=2",
        "run_type=NONSENSE",
      })
  void aQueryThatMakesNoSenseIsRefused(String query) {
    Answer answer = jobs.get("runs/list?" + query);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
    assertThat(answer.message()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=1", "limit=1000", "run_type=JOB_RUN", "page_token="})
  void anAllowedQueryIsAnswered(String query) {
    assertThat(jobs.get("runs/list?" + query).status()).isEqualTo(200);
  }
}
