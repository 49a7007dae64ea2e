package io.mutirao.messaging.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DatabaseClockTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private final DatabaseClock clock = new DatabaseClock();

  @Test
  void itTellsTheDatabasesTimeNotTheMachines() {
    clock.set(NOON);

    assertThat(clock.now()).isBetween(NOON, NOON.plusSeconds(60));
  }

  @Test
  void itGoesOnBetweenTwoAnswers() {
    clock.set(NOON);
    Instant first = clock.now();
    long end = System.nanoTime() + 2_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }

    assertThat(clock.now()).isAfterOrEqualTo(first.plusMillis(2));
  }

  @Test
  void anAnswerThatWasLongOnItsWayDoesNotTurnItBack() {
    clock.set(NOON);
    clock.set(NOON.minusSeconds(5));

    assertThat(clock.now()).isAfterOrEqualTo(NOON);
  }

  @Test
  void aLaterAnswerCounts() {
    clock.set(NOON);
    clock.set(NOON.plusSeconds(3600));

    assertThat(clock.now()).isAfterOrEqualTo(NOON.plusSeconds(3600));
  }
}
