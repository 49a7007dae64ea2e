package io.mutirao.messaging.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DeadLetterTest {

  @Test
  void aReasonIsOneLine() {
    assertThat(DeadLetter.brief("ERROR: no such thing\n  Where: here\r\nthere"))
        .isEqualTo("ERROR: no such thing Where: here there");
  }

  @Test
  void aReasonIsShort() {
    assertThat(DeadLetter.brief("x".repeat(5_000))).hasSize(1_001).endsWith("x…");
  }
}
