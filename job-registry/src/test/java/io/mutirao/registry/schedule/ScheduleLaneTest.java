package io.mutirao.registry.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobTrigger.Cron;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ScheduleLaneTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private final ScheduleLane lane = new ScheduleLane();

  private static Schedule nightly(long job, boolean paused) {
    return Schedule.begin(
        new JobId(job), "ana", new Cron("0 0 " + job + " * * ?", "UTC", paused), NOON);
  }

  @Test
  void theEarliestIsDueFirst() {
    lane.put(nightly(20, false));
    lane.put(nightly(14, false));

    assertThat(lane.nextDue()).contains(Instant.parse("2026-06-01T14:00:00Z"));
    assertThat(lane.takeDue(Instant.parse("2026-06-01T20:00:00Z"), 10))
        .extracting(due -> due.job().value())
        .containsExactly(14L, 20L);
  }

  @Test
  void aPausedOneIsNeverDueButKept() {
    lane.put(nightly(14, true));

    assertThat(lane.nextDue()).isEmpty();
    assertThat(lane.takeChanged()).hasSize(1);
  }

  @Test
  void theDateOfOneThatWasReplacedIsForgotten() {
    lane.put(nightly(14, false));
    lane.put(Schedule.begin(new JobId(14), "ana", new Cron("0 0 20 * * ?", "UTC", false), NOON));

    assertThat(lane.takeDue(Instant.parse("2026-06-01T15:00:00Z"), 10)).isEmpty();
    assertThat(lane.nextDue()).contains(Instant.parse("2026-06-01T20:00:00Z"));
  }

  @Test
  void oneThatIsGoneIsTakenOutOfTheDatabaseAndNeverDue() {
    lane.know(nightly(14, false));
    lane.remove(new JobId(14));

    assertThat(lane.nextDue()).isEmpty();
    assertThat(lane.takeGone()).containsExactly(new JobId(14));
    assertThat(lane.takeChanged()).isEmpty();
  }
}
