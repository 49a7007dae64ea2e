package io.mutirao.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CommandIdsTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  void idsOfLaterCommandsStandBehindThoseOfEarlierOnes() {
    List<String> ids =
        IntStream.range(0, 100)
            .mapToObj(i -> Commands.newId(NOON.plusMillis(i)).toString())
            .toList();

    assertThat(ids).isSorted();
  }

  @Test
  void noTwoAreTheSame() {
    assertThat(IntStream.range(0, 10_000).mapToObj(_ -> Commands.newId(NOON)))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.version() == 7 && id.variant() == UUID.randomUUID().variant());
  }
}
