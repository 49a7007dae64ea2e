package io.mutirao.systemtests.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Run;
import io.mutirao.systemtests.stack.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Jobs that run by themselves, but for the clock. */
@OnJourneyStack
class TriggersIT {

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Scripts scripts;

  TriggersIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs().in("2.1");
    scripts = mutirao.scripts();
  }

  private List<Run> awaitRuns(long job, int count) {
    return await(count + " runs of job " + job)
        .atMost(Jobs.DEADLINE)
        .until(() -> runs(job), runs -> runs.size() >= count);
  }

  private List<Run> runs(long job) {
    JsonNode page = jobs.get("runs/list?limit=25&job_id=" + job).ok();
    return page.path("runs").valueStream().map(Run::new).toList();
  }

  private void update(long job, String field, Object value) {
    jobs.post("update", Map.of("job_id", job, "new_settings", Map.of(field, value))).ok();
  }

  private void awaitStandstill(long job) {
    await("the job stands still")
        .atMost(Jobs.DEADLINE)
        .until(() -> runs(job).stream().allMatch(Run::isFinal));
  }

  @Test
  void aContinuousJobRunsAgainAndAgainOneRunAtATimeUntilItIsPaused() {
    long job =
        jobs.create(JobSettings.noop().with("continuous", Map.of("pause_status", "UNPAUSED")));

    List<Run> seen = awaitRuns(job, 3);

    assertThat(seen)
        .allSatisfy(run -> assertThat(run.json().path("trigger").asText()).isEqualTo("CONTINUOUS"));
    assertThat(seen.stream().filter(run -> !run.isFinal()).count()).isLessThanOrEqualTo(1);
    update(job, "continuous", Map.of("pause_status", "PAUSED"));
    awaitStandstill(job);
    int runs = runs(job).size();
    await("a while").pollDelay(Duration.ofSeconds(1)).until(() -> true);
    assertThat(runs(job)).hasSize(runs);
    update(job, "continuous", Map.of("pause_status", "UNPAUSED"));
    awaitRuns(job, runs + 1);
    jobs.post("delete", Map.of("job_id", job)).ok();
  }

  @Test
  void aContinuousJobThatIsCanceledRunsAgainAndOneThatFailsTakesLongerEachTime() {
    long job =
        jobs.create(
            JobSettings.python(scripts.write("import sys; sys.exit(1)"))
                .with("continuous", Map.of("pause_status", "UNPAUSED")));

    List<Run> seen = awaitRuns(job, 5);

    // The pause of this stack, doubled with each failure before.
    List<Long> pauses =
        mutirao
            .database()
            .list(
                """
                select extract(epoch from started_at - created_at) * 1000
                  from dispatcher.run where job_id = ? and ended_at is not null order by run_id
                """,
                row -> row.getLong(1),
                job);
    for (int failures = 0; failures < 4; failures++) {
      assertThat(pauses.get(failures)).isGreaterThanOrEqualTo(200L << failures);
    }
    Run waits = runs(job).getFirst();
    jobs.post("runs/cancel", Map.of("run_id", waits.id())).ok();
    assertThat(jobs.awaitEnd(waits.id()).result()).isEqualTo("CANCELED");
    awaitRuns(job, seen.size() + 1);
    jobs.post("delete", Map.of("job_id", job)).ok();
  }

  @Test
  void aFileThatArrivesStartsARunAndTheOnesBeforeItDoNot() throws IOException {
    String folder = "coming-" + UUID.randomUUID();
    Path place = mutirao.dataFolder().resolve("objects/dbfs").resolve(folder);
    mutirao.stack(); // the files of an installation elsewhere are out of reach
    Files.createDirectories(place.resolve("deep"));
    Files.writeString(place.resolve("before"), "was there already");
    long job =
        jobs.create(
            JobSettings.noop()
                .atMost(10)
                .with("trigger", Map.of("file_arrival", Map.of("url", "dbfs:/" + folder + "/"))));
    await("the watch has begun")
        .atMost(Jobs.DEADLINE)
        .until(
            () ->
                mutirao
                    .database()
                    .number("select count(arrivals) from registry.schedule where job_id = ?", job),
            looks -> looks == 1);
    assertThat(runs(job)).isEmpty();

    Files.writeString(place.resolve("deep/arrived"), "now");

    Run run = awaitRuns(job, 1).getFirst();
    assertThat(run.json().path("trigger").asText()).isEqualTo("FILE_ARRIVAL");
    await("a while").pollDelay(Duration.ofSeconds(2)).until(() -> true);
    assertThat(runs(job)).hasSize(1);
    jobs.post("delete", Map.of("job_id", job)).ok();
  }
}
