package io.mutirao.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void aProcessThatLivedWellIsStartedAtOnce() {
    assertThat(new Backoff(5).afterLifeOf(Backoff.GOOD_LIFE).pause()).isZero();
  }

  @Test
  void aProcessThatDiesAtOnceIsStartedSlowerAndSlowerButWithinTwoSeconds() {
    Backoff backoff = Backoff.NONE;
    Duration before = Duration.ZERO;
    for (int i = 0; i < 100; i++) {
      backoff = backoff.afterLifeOf(Duration.ofMillis(5));
      assertThat(backoff.pause()).isGreaterThanOrEqualTo(before).isLessThan(Duration.ofSeconds(2));
      before = backoff.pause();
    }
    assertThat(before).isGreaterThan(Duration.ofSeconds(1));
  }
}
