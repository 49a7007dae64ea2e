package io.mutirao.dispatcher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.job.RetryPolicy;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetriesTest {

  private static final Instant BEGAN = Instant.parse("2026-11-21T10:00:00Z");
  private static final RetryPolicy TWICE = new RetryPolicy(2, 5_000, false);
  private static final Becomes FAILED = new Becomes(Result.FAILED, Cause.TASK_FAILED, "why");
  private static final Becomes LATE = new Becomes(Result.TIMED_OUT, Cause.TIMED_OUT, "late");

  @Test
  void theIntervalCountsFromTheStartOfTheFailedAttempt() {
    assertThat(Retries.next(TWICE, 0, FAILED, BEGAN)).contains(BEGAN.plusSeconds(5));
  }

  @Test
  void theLastAttemptHasTheNumberOfTheMostRetries() {
    assertThat(Retries.next(TWICE, 1, FAILED, BEGAN)).isPresent();
    assertThat(Retries.next(TWICE, 2, FAILED, BEGAN)).isEmpty();
    assertThat(Retries.next(new RetryPolicy(-1, 0, false), 9_999, FAILED, BEGAN)).isPresent();
    assertThat(Retries.next(RetryPolicy.NEVER, 0, FAILED, BEGAN)).isEmpty();
  }

  @Test
  void whatTimedOutIsTriedAgainOnlyIfThePolicySaysSo() {
    assertThat(Retries.next(TWICE, 0, LATE, BEGAN)).isEmpty();
    assertThat(Retries.next(new RetryPolicy(2, 0, true), 0, LATE, BEGAN)).isPresent();
  }

  @Test
  void onlyWhatFailedIsTriedAgain() {
    for (Result result : Result.values()) {
      boolean again = result == Result.FAILED || result == Result.ERROR;
      assertThat(Retries.next(TWICE, 0, new Becomes(result, Cause.DONE, ""), BEGAN).isPresent())
          .as("%s", result)
          .isEqualTo(again);
    }
  }

  @Test
  void whatNobodyStartedIsOfferedAgainWhateverThePolicyAndDoesNotCount() {
    Becomes notStarted = new Becomes(Result.FAILED, Cause.NOT_STARTED, "lease too old");

    assertThat(Retries.next(RetryPolicy.NEVER, 0, notStarted, BEGAN))
        .contains(BEGAN.plusSeconds(1));
    assertThat(Retries.number(0, notStarted)).isZero();
    assertThat(Retries.number(0, FAILED)).isEqualTo(1);
  }
}
