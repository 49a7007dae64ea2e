package io.mutirao.dispatcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.run.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContinuousTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "2, 4", "9, 512", "10, 600", "1000000, 600"})
  void thePauseDoublesWithEachFailureUpToALimit(int failures, int seconds) {
    assertThat(Continuous.pause(failures, SECOND, LONGEST)).hasSeconds(seconds);
  }

  @Test
  void aSuccessAndACancellationMakeItForgetTheFailures() {
    assertThat(Continuous.failures(4, Result.FAILED)).isEqualTo(5);
    assertThat(Continuous.failures(4, Result.TIMED_OUT)).isEqualTo(5);
    assertThat(Continuous.failures(4, Result.SUCCEEDED)).isZero();
    assertThat(Continuous.failures(4, Result.CANCELED)).isZero();
  }
}
