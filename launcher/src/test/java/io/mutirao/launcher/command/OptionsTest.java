package io.mutirao.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void upWithoutFlagsIsOneWorkerOnPort8080() {
    assertThat(Options.parse("up"))
        .isEqualTo(new Command.Up(Path.of(".mutirao"), 8080, Optional.empty(), 1));
  }

  @Test
  void upTakesPortDataTokenAndWorkers() {
    assertThat(
            Options.parse("up", "--workers", "3", "--port", "9000", "--data", "/d", "--token", "t"))
        .isEqualTo(new Command.Up(Path.of("/d"), 9000, Optional.of("t"), 3));
  }

  @Test
  void benchWithoutDataLeavesTheChoiceOpen() {
    assertThat(Options.parse("bench")).isEqualTo(new Command.Bench(Optional.empty()));
    assertThat(Options.parse("bench", "--data", "/d"))
        .isEqualTo(new Command.Bench(Optional.of(Path.of("/d"))));
  }

  @Test
  void whatIsNotKnownOrNotANumberIsMisuse() {
    assertMisuse();
    assertMisuse("fly");
    assertMisuse("up", "--port");
    assertMisuse("up", "--port", "0");
    assertMisuse("up", "--port", "65536");
    assertMisuse("up", "--port", "http");
    assertMisuse("up", "--workers", "-1");
    assertMisuse("ps", "--port", "8080");
    assertMisuse("demo", "now");
  }

  private static void assertMisuse(String... args) {
    assertThat(Options.parse(args)).isInstanceOf(Command.Misuse.class);
  }
}
