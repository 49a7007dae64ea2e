package io.mutirao.registry.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.job.JobTrigger.Cron;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FiringTest {

  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private static Times every(String expression) {
    return Times.of(new Cron(expression, "UTC", false), NOON);
  }

  private static Firing firing(String expression, Instant due, Instant now, Missed missed) {
    return Firing.of(every(expression), due, now, new Firing.Policy(missed, MINUTE), 500);
  }

  @ParameterizedTest
  @EnumSource(Missed.class)
  void whatIsNotDueWaits(Missed missed) {
    Firing firing = firing("0 * * * * ?", NOON, NOON.minusMillis(1), missed);

    assertThat(firing).isEqualTo(new Firing(List.of(), NOON));
  }

  @ParameterizedTest
  @EnumSource(Missed.class)
  void whatIsDueFiresOnce(Missed missed) {
    Firing firing = firing("0 * * * * ?", NOON, NOON.plusMillis(3), missed);

    assertThat(firing).isEqualTo(new Firing(List.of(NOON), NOON.plusSeconds(60)));
  }

  /** A registry that was killed is back within seconds. */
  @ParameterizedTest
  @EnumSource(Missed.class)
  void eachTimeOfAShortAbsenceFiresThoughLate(Missed missed) {
    Firing firing = firing("* * * * * ?", NOON, NOON.plusMillis(4_500), missed);

    assertThat(firing.slots())
        .containsExactly(
            NOON,
            NOON.plusSeconds(1),
            NOON.plusSeconds(2),
            NOON.plusSeconds(3),
            NOON.plusSeconds(4));
    assertThat(firing.next()).isEqualTo(NOON.plusSeconds(5));
  }

  @Test
  void ofTheTimesOfALongAbsenceTheLastFires() {
    Firing firing = firing("0 0/10 * * * ?", NOON, NOON.plusSeconds(3 * 3600 + 90), Missed.LAST);

    assertThat(firing)
        .isEqualTo(
            new Firing(List.of(NOON.plusSeconds(3 * 3600)), NOON.plusSeconds(3 * 3600 + 600)));
  }

  @Test
  void theLastIsFoundHoweverLongTheAbsenceWas() {
    Firing often = firing("* * * * * ?", NOON, NOON.plus(Duration.ofDays(4_000)), Missed.LAST);
    Firing seldom = firing("0 0 12 1 6 ?", NOON, NOON.plus(Duration.ofDays(800)), Missed.LAST);

    assertThat(often.slots()).containsExactly(NOON.plus(Duration.ofDays(4_000)));
    assertThat(seldom.slots()).containsExactly(Instant.parse("2028-06-01T12:00:00Z"));
  }

  @Test
  void onlyOneWasMissedAndItFires() {
    Firing firing = firing("0 0 12 * * ?", NOON, NOON.plusSeconds(7_200), Missed.LAST);

    assertThat(firing).isEqualTo(new Firing(List.of(NOON), NOON.plus(Duration.ofDays(1))));
  }

  @Test
  void allOfThemFireWhenThatIsWanted() {
    Firing firing = firing("0 0/10 * * * ?", NOON, NOON.plusSeconds(1_900), Missed.ALL);

    assertThat(firing.slots())
        .containsExactly(
            NOON, NOON.plusSeconds(600), NOON.plusSeconds(1_200), NOON.plusSeconds(1_800));
  }

  @Test
  void noneFiresWhenThatIsWanted() {
    Firing firing = firing("0 0/10 * * * ?", NOON, NOON.plusSeconds(1_900), Missed.NONE);

    assertThat(firing).isEqualTo(new Firing(List.of(), NOON.plusSeconds(2_400)));
  }

  @Test
  void moreThanABatchHoldsGoesOnInTheNext() {
    Firing.Policy policy = new Firing.Policy(Missed.ALL, MINUTE);
    Instant now = NOON.plusSeconds(3_600);

    Firing first = Firing.of(every("* * * * * ?"), NOON, now, policy, 3);

    assertThat(first.slots()).containsExactly(NOON, NOON.plusSeconds(1), NOON.plusSeconds(2));
    assertThat(first.next()).isEqualTo(NOON.plusSeconds(3));
  }
}
