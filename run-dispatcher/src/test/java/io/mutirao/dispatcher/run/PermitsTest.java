package io.mutirao.dispatcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PermitsTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private final Permits permits = new Permits();

  @Test
  void whatIsUsedIsNotIdle() {
    permits.answered(32, false, 2, NOON);
    permits.use(2);

    assertThat(permits.idle()).isEqualTo(30);
    assertThat(permits.missing(31)).isEqualTo(1);
  }

  @Test
  void whenThereAreFewNothingLiesIdle() {
    permits.answered(3, true, 3, NOON);
    permits.use(2);

    assertThat(permits.giveBack(NOON)).isEqualTo(1);
    assertThat(permits.idle()).isZero();
    permits.use(-1);
    assertThat(permits.due()).hasValueSatisfying(at -> assertThat(at).isBefore(NOON));
    assertThat(permits.giveBack(NOON)).isEqualTo(1);
  }

  @Test
  void whatATakenOverLaneDoesNotUseGoesBackAtOnce() {
    permits.use(2);
    permits.hold(5);

    assertThat(permits.due()).hasValueSatisfying(at -> assertThat(at).isBefore(NOON));
    assertThat(permits.giveBack(NOON)).isEqualTo(3);
    assertThat(permits.due()).isEmpty();
  }

  @Test
  void whileThereIsPlentyOnlyWhatLayIdleForAWhileGoesBack() {
    permits.answered(32, false, 1, NOON);
    permits.giveBack(NOON);
    permits.use(20);
    assertThat(permits.giveBack(NOON.plusSeconds(1))).isZero();
    permits.use(-20);

    assertThat(permits.giveBack(NOON.plusSeconds(2))).isEqualTo(12);
    assertThat(permits.giveBack(NOON.plusSeconds(3))).isZero();
    assertThat(permits.giveBack(NOON.plusSeconds(4))).isEqualTo(20);
    assertThat(permits.due()).isEmpty();
  }

  @Test
  void whoGotLessThanHeAskedForWaitsBeforeHeAsksAgain() {
    permits.answered(1, true, 3, NOON);
    assertThat(permits.mayAskAt()).isAfter(NOON);

    permits.answered(4, true, 3, NOON);
    assertThat(permits.mayAskAt()).isBefore(NOON);
  }

  @Test
  void whatWasInUseWhenTheLimitSankIsUsedOn() {
    permits.hold(1);
    permits.use(3);

    assertThat(permits.idle()).isNegative();
    assertThat(permits.giveBack(NOON)).isZero();
    assertThat(permits.missing(1)).isEqualTo(3);
  }
}
