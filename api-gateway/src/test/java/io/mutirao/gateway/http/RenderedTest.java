package io.mutirao.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.gateway.core.Fresh;
import io.mutirao.gateway.core.User;
import io.mutirao.gateway.http.Rendered.Asked;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RenderedTest {

  private static final User ANA = User.of("ana", Set.of());
  private static final Asked ASKED = asked(ANA, "/runs/get?run_id=12");

  private final Rendered rendered = new Rendered();
  private int written;

  @Test
  void theSameObjectIsWrittenOnceForAllWhoAskForItInTheSameWay() {
    List<Integer> run = List.of(12);

    assertThat(shown(ASKED, run)).isEqualTo("[12] 1");
    assertThat(shown(ASKED, run)).isEqualTo("[12] 1");
    assertThat(shown(asked(ANA, "/2.2/runs/get?run_id=12"), run)).isEqualTo("[12] 2");
    assertThat(shown(ASKED, run)).isEqualTo("[12] 1");
  }

  @Test
  void anotherObjectIsWrittenAnewHoweverEqual() {
    shown(ASKED, List.of(12));

    assertThat(shown(ASKED, List.of(12))).isEqualTo("[12] 2");
  }

  @Test
  void whatOneUserWasAnsweredIsNotKnownToAnother() {
    shown(ASKED, List.of(12));

    assertThat(rendered.known(ASKED)).isPresent();
    assertThat(rendered.known(asked(User.of("ben", Set.of()), ASKED.uri()))).isEmpty();
    assertThat(rendered.known(asked(User.of("ana", Set.of("admins")), ASKED.uri()))).isEmpty();
  }

  @Test
  void whatIsTooLargeOrWasLongNotAskedForIsWrittenAgain() {
    Fresh<?> run = Fresh.now(List.of(12));
    byte[] tooLarge = new byte[3 << 20];
    byte[] large = new byte[(2 << 20) - 1_000];

    Asked much = asked(ANA, "/runs/list");

    assertThat(rendered.of(much, run, () -> answer(tooLarge)).body()).isSameAs(tooLarge);
    assertThat(rendered.of(much, run, () -> answer(large)).body()).isSameAs(large);
    shown(ASKED, run.what());
    for (int other = 0; other < 5; other++) {
      rendered.of(asked(ANA, "/runs/list?offset=" + other), run, () -> answer(large));
    }
    assertThat(shown(ASKED, run.what())).isEqualTo("[12] 2");
  }

  private String shown(Asked asked, Object what) {
    return new String(
        rendered
            .of(asked, Fresh.now(what), () -> answer((what + " " + ++written).getBytes(UTF_8)))
            .body(),
        UTF_8);
  }

  private static Asked asked(User user, String uri) {
    return new Asked(user, "http://jobs.example", uri);
  }

  private static Answer answer(byte[] body) {
    return new Answer(200, body, Map.of());
  }
}
