package io.mutirao.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnFaultStack;
import io.mutirao.systemtests.stack.Run;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A schedule that fires while the registry dies. */
@OnFaultStack
class ScheduleIT {

  private final Mutirao mutirao;
  private final Jobs jobs;

  ScheduleIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
  }

  @Test
  void eachSecondFiresExactlyOnceThoughTheRegistryIsKilledAndNoneWhilePaused() {
    long job = jobs.create(JobSettings.noop().atMost(1_000).with("schedule", schedule("UNPAUSED")));
    Slots slots = new Slots(mutirao, job);
    slots.awaitMore(2);

    mutirao.stack().kill("job-registry");

    slots.awaitMore(6);
    jobs.post(
            "update", Map.of("job_id", job, "new_settings", Map.of("schedule", schedule("PAUSED"))))
        .ok();
    int fired = slots.fired().size();
    await("some seconds").pollDelay(Duration.ofMillis(2_500)).until(() -> true);
    assertThat(slots.fired()).hasSizeBetween(fired, fired + 1); // one may have been under way
    assertThat(slots.violations()).isEmpty();
    Run run = jobs.runsOf(job).getFirst();
    assertThat(run.json().path("trigger").asText()).isEqualTo("PERIODIC");
    assertThat(run.json().path("schedule").path("quartz_cron_expression").asText())
        .isEqualTo("* * * * * ?");
    jobs.post("delete", Map.of("job_id", job)).ok();
  }

  private static Map<String, Object> schedule(String pauseStatus) {
    return Slots.everySecond(pauseStatus);
  }
}
