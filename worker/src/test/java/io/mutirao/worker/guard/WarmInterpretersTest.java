package io.mutirao.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmInterpretersTest {

  private static final long IDLE = WarmInterpreters.IDLE.toNanos();

  private final List<String> heard = new ArrayList<>();
  private final WarmInterpreters environments =
      new WarmInterpreters(path -> heard.add("start " + path), path -> heard.add("end " + path));

  @Test
  void anEnvironmentIsReadyFromItsFirstTaskOn() {
    use("a", 0);
    use("a", 1);
    assertThat(heard).containsExactly("start a");
  }

  @Test
  void whatIsUsedLeastGivesWay() {
    for (String name : List.of("a", "b", "c", "d", "a", "e")) {
      use(name, 0);
    }
    assertThat(heard).endsWith("start e", "end b");
  }

  @Test
  void whatNobodyUsesForLongEnds() {
    use("a", 0);
    use("b", 1);
    environments.tidy(IDLE);
    environments.tidy(IDLE + 1);
    environments.tidy(IDLE + 1);
    assertThat(heard).containsExactly("start a", "start b", "end a");
  }

  private void use(String python, long now) {
    environments.use(Path.of(python), now);
  }
}
