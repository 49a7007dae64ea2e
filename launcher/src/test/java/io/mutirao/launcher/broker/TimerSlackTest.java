package io.mutirao.launcher.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class TimerSlackTest {

  @Test
  void aThreadAndThoseThatItStartsMayWakeLate() throws Exception {
    List<String> seen = new ArrayList<>();
    var parent =
        Thread.ofPlatform()
            .start(() -> {
              try {
                TimerSlack.set(Duration.ofMillis(70));
                seen.add(slack());
                Thread.ofPlatform().start(() -> seen.add(slack())).join();
              } catch (Exception e) {
                seen.add(e.toString());
              }
            });
    parent.join();

    assertThat(seen).containsExactly("70000000", "70000000");
    assertThat(slack()).isNotEqualTo("70000000");
  }

  private static String slack() {
    try {
      var id = Path.of("/proc/thread-self").toRealPath().getFileName().toString();
      return Files.readString(Path.of("/proc", id, "timerslack_ns")).strip();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
