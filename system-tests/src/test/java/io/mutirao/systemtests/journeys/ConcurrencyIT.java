package io.mutirao.systemtests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Run;
import io.mutirao.systemtests.stack.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many runs of a job there may be at a time. */
@OnJourneyStack
class ConcurrencyIT {

  private static final String LONG = "import time; time.sleep(300)";

  private final Jobs jobs;
  private final Scripts scripts;

  ConcurrencyIT(Mutirao mutirao) {
    jobs = mutirao.jobs();
    scripts = mutirao.scripts();
  }

  @Test
  void aRunBeyondTheJobsLimitIsSkippedAtOnce() {
    long job = jobs.create(JobSettings.python(scripts.write(LONG)).atMost(2));
    long first = jobs.runNow(job);
    long second = jobs.runNow(job);

    Run third = jobs.run(jobs.runNow(job));

    assertThat(third.lifeCycle()).isEqualTo("SKIPPED");
    assertThat(third.json().path("state").has("result_state")).isFalse();
    assertThat(third.message()).isNotEmpty();
    assertThat(third.numberInJob()).isEqualTo(3);
    assertThat(jobs.run(first).isFinal()).isFalse();
    jobs.cancel(first);
    jobs.awaitEnd(first);
    long fourth = jobs.runNow(job);
    assertThat(jobs.run(fourth).lifeCycle()).isNotEqualTo("SKIPPED");
    jobs.cancel(second);
    jobs.cancel(fourth);
    jobs.awaitEnd(second);
    jobs.awaitEnd(fourth);
  }

  @Test
  void aLimitThatIsLoweredStopsNothingAndOneThatIsRaisedLetsInWhatWaits() {
    long job =
        jobs.create(
            JobSettings.python(scripts.write(LONG))
                .atMost(2)
                .with("queue", Map.of("enabled", true)));
    long first = jobs.runNow(job);
    long second = jobs.runNow(job);

    limit(job, 1);
    long waits = jobs.runNow(job);
    jobs.cancel(first);
    jobs.awaitEnd(first);

    assertThat(jobs.run(waits).lifeCycle()).isEqualTo("QUEUED");
    assertThat(jobs.awaitRunning(second).isFinal()).isFalse();
    limit(job, 2);
    jobs.awaitRunning(waits);
    jobs.post("delete", Map.of("job_id", job)).ok();
  }

  private void limit(long job, int runs) {
    jobs.post("update", Map.of("job_id", job, "new_settings", Map.of("max_concurrent_runs", runs)))
        .ok();
  }

  @Test
  void oneRunAtATimeIsTheDefault() {
    long job = jobs.create(JobSettings.python(scripts.write(LONG)));
    long first = jobs.runNow(job);

    assertThat(jobs.run(jobs.runNow(job)).lifeCycle()).isEqualTo("SKIPPED");

    jobs.cancel(first);
    jobs.awaitEnd(first);
  }

  @Test
  void aLimitOfZeroSkipsEveryRun() {
    long job = jobs.create(JobSettings.noop().atMost(0));

    assertThat(jobs.run(jobs.runNow(job)).lifeCycle()).isEqualTo("SKIPPED");
    assertThat(jobs.run(jobs.runNow(job)).lifeCycle()).isEqualTo("SKIPPED");
  }

  @Test
  void noCrowdOfCallersGetsMoreRunsThanTheLimit() {
    long job = jobs.create(JobSettings.python(scripts.write(LONG)).atMost(3));

    List<Long> runs = Crowd.of(12).all(() -> jobs.runNow(job));

    List<Run> seen = new ArrayList<>(runs.stream().map(jobs::run).toList());
    assertThat(seen.stream().map(Run::numberInJob))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 12).mapToObj(n -> (long) n).toList());
    assertThat(seen).filteredOn(run -> run.lifeCycle().equals("SKIPPED")).hasSize(9);
    seen.removeIf(Run::isFinal);
    seen.forEach(run -> jobs.cancel(run.id()));
    seen.forEach(run -> jobs.awaitEnd(run.id()));
  }
}
