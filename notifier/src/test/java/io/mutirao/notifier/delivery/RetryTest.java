package io.mutirao.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.notifier.channel.Outcome;
import io.mutirao.notifier.channel.Outcome.NotNow;
import io.mutirao.notifier.channel.Outcome.Refused;
import io.mutirao.notifier.channel.Outcome.Sent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetryTest {

  private static final Duration YOUNG = Duration.ofSeconds(1);
  private static final Outcome BUSY = new NotNow("status 503", null, false);

  @Test
  void whatWasSentIsOver() {
    assertThat(Retry.after(new Sent(), 1, YOUNG, 0.5)).isEqualTo(new Verdict.Sent());
  }

  @Test
  void whatTheTargetRefusesIsGivenUpAtOnce() {
    assertThat(Retry.after(new Refused("status 404"), 1, YOUNG, 0.5))
        .isEqualTo(new Verdict.GivenUp("status 404"));
  }

  @Test
  void pausesDoubleUpToAnHour() {
    assertThat(pause(1, 1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(pause(2, 1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(pause(5, 1)).isEqualTo(Duration.ofSeconds(16));
    assertThat(pause(100, 1)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aPauseIsBetweenHalfAndWhole() {
    assertThat(pause(3, 0)).isEqualTo(Duration.ofSeconds(2));
    assertThat(pause(3, 0.5)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void whoeverAsksForALongerPauseGetsIt() {
    assertThat(after(new NotNow("busy", Duration.ofMinutes(5), false), 1, YOUNG))
        .isEqualTo(new Verdict.Again(Duration.ofMinutes(5), "busy"));
  }

  @Test
  void whoeverAsksForAShorterPauseDoesNot() {
    assertThat(after(new NotNow("busy", Duration.ZERO, false), 5, YOUNG))
        .isEqualTo(new Verdict.Again(Duration.ofSeconds(16), "busy"));
  }

  @Test
  void theLastTryIsWhenADayIsOver() {
    assertThat(after(BUSY, 20, Duration.ofHours(24).minusMinutes(1)))
        .isEqualTo(new Verdict.Again(Duration.ofMinutes(1), "status 503"));
    assertThat(after(BUSY, 30, Duration.ofHours(24)))
        .isEqualTo(new Verdict.GivenUp("status 503; tried 30 times in 24 hours"));
  }

  private static Duration pause(int tries, double chance) {
    return ((Verdict.Again) Retry.after(BUSY, tries, YOUNG, chance)).after();
  }

  private static Verdict after(Outcome outcome, int tries, Duration age) {
    return Retry.after(outcome, tries, age, 1);
  }
}
