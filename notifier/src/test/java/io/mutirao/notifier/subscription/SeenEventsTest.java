package io.mutirao.notifier.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunEvent;
import io.mutirao.contracts.run.RunEvent.RunFinished;
import io.mutirao.contracts.run.RunEvent.RunQueued;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SeenEventsTest {

  private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
  private final SeenEvents seen = new SeenEvents();

  @Test
  void aRepeatIsNotNew() {
    assertThat(seen.isNew(0, queued(1, 0, 1))).isTrue();
    assertThat(seen.isNew(0, queued(1, 0, 1))).isFalse();
  }

  @Test
  void aLateRepeatOfAFinishedRunIsNotNew() {
    assertThat(seen.isNew(0, queued(1, 0, 1))).isTrue();
    assertThat(seen.isNew(0, finished(1, 3))).isTrue();
    assertThat(seen.isNew(0, finished(1, 3))).isFalse();
    assertThat(seen.isNew(0, queued(1, 0, 1))).isFalse();
  }

  @Test
  void aRepairIsAnExecutionOfItsOwn() {
    assertThat(seen.isNew(0, finished(1, 3))).isTrue();
    assertThat(seen.isNew(0, queued(1, 1, 1))).isTrue();
  }

  @Test
  void finishedRunsAreForgottenWhenManyCameAfter() {
    for (long run = 1; run <= SeenEvents.REMEMBERED + 1; run++) {
      assertThat(seen.isNew(0, finished(run, 3))).isTrue();
    }
    assertThat(seen.isNew(0, finished(2, 3))).as("still remembered").isFalse();
    assertThat(seen.isNew(0, finished(1, 3))).as("forgotten").isTrue();
  }

  @Test
  void aLaneThatWasGivenAwayIsForgotten() {
    assertThat(seen.isNew(0, queued(1, 0, 1))).isTrue();
    seen.forget(0);
    assertThat(seen.isNew(0, queued(1, 0, 1))).isTrue();
  }

  private static RunEvent queued(long run, int repair, int sequence) {
    return new RunQueued(
        new RunId(run), new JobId(1), repair, sequence, AT, run, "ana", null, null, null, null);
  }

  private static RunEvent finished(long run, int sequence) {
    return new RunFinished(
        new RunId(run), new JobId(1), 0, sequence, AT, Result.SUCCEEDED, "", null, null, null);
  }
}
