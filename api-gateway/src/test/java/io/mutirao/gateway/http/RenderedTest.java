package io.mutirao.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RenderedTest {

  private static final String ASKED = "/runs/get?run_id=12";

  private final Rendered rendered = new Rendered();
  private int written;

  @Test
  void theSameObjectIsWrittenOnceForAllWhoAskForItInTheSameWay() {
    List<Integer> run = List.of(12);

    assertThat(shown(ASKED, run)).isEqualTo("[12] 1");
    assertThat(shown(ASKED, run)).isEqualTo("[12] 1");
    assertThat(shown("/2.2" + ASKED, run)).isEqualTo("[12] 2");
    assertThat(shown(ASKED, run)).isEqualTo("[12] 1");
  }

  @Test
  void anotherObjectIsWrittenAnewHoweverEqual() {
    shown(ASKED, List.of(12));

    assertThat(shown(ASKED, List.of(12))).isEqualTo("[12] 2");
  }

  @Test
  void whatIsTooLargeOrWasLongNotAskedForIsWrittenAgain() {
    List<Integer> run = List.of(12);
    byte[] tooLarge = new byte[3 << 20];
    byte[] large = new byte[2 << 20];

    assertThat(rendered.of("large", run, () -> answer(tooLarge)).body()).isSameAs(tooLarge);
    assertThat(rendered.of("large", run, () -> answer(large)).body()).isSameAs(large);
    shown(ASKED, run);
    for (int other = 0; other < 4; other++) {
      rendered.of(other, run, () -> answer(large));
    }
    assertThat(shown(ASKED, run)).isEqualTo("[12] 2");
  }

  private String shown(String asked, Object what) {
    return new String(
        rendered.of(asked, what, () -> answer((what + " " + ++written).getBytes(UTF_8))).body(),
        UTF_8);
  }

  private static Answer answer(byte[] body) {
    return new Answer(200, body, Map.of());
  }
}
