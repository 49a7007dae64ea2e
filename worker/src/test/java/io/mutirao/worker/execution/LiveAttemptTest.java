package io.mutirao.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveAttemptTest {

  private static final Lease LEASE = new Lease(Duration.ofNanos(1000));

  private final LiveAttempt attempt =
      new LiveAttempt(
          OfferTask.of(
              new AttemptId(3),
              new RunId(2),
              new JobId(1),
              "noop",
              JsonNodeFactory.instance.objectNode()),
          "claim",
          false,
          null);

  @Test
  void withoutAGrantItIsNeverSafe() {
    attempt.beaten(100);
    assertThat(attempt.isSafe(0)).isFalse();
  }

  @Test
  void aGrantHoldsForTheLeaseLessAQuarterFromWhenItWasAskedFor() {
    attempt.granted(LEASE, 100);
    assertThat(attempt.isSafe(849)).isTrue();
    assertThat(attempt.isSafe(850)).isFalse();
  }

  @Test
  void aBeatThatArrivedMovesTheEndForwardAndNeverBack() {
    attempt.granted(LEASE, 100);
    attempt.beaten(300);
    attempt.beaten(200);
    assertThat(attempt.safeUntil()).isEqualTo(1050);
  }

  @Test
  void whoIsToStopBeforeItStartedDoesNotStart() {
    assertThat(attempt.stop(StopReason.ASKED)).isFalse();
    assertThat(attempt.enterGuard(() -> {})).isFalse();
    assertThat(attempt.stopReason()).isEqualTo(StopReason.ASKED);
  }

  @Test
  void theFirstReasonToStopStands() {
    assertThat(attempt.enterGuard(() -> {})).isTrue();
    assertThat(attempt.stop(StopReason.ASKED)).isTrue();
    assertThat(attempt.stop(StopReason.WORKER_STOPS)).isTrue();
    assertThat(attempt.stopReason()).isEqualTo(StopReason.ASKED);
  }
}
