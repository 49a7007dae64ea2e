package io.mutirao.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.launcher.process.Supervised;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnFaultStack;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9, of each process in turn, while runs are in flight. */
@OnFaultStack
class KillIT {

  /** The launcher's promise. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(2);

  private final Mutirao mutirao;

  KillIT(Mutirao mutirao) {
    this.mutirao = mutirao;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api-gateway",
        "job-registry",
        "run-dispatcher",
        "worker-1",
        "notifier",
        "kafka",
        "postgres"
      })
  void nothingIsLostNorDoneTwiceWhenAProcessIsKilled(String name) {
    Supervised process = mutirao.process(name);
    try (Load load = new Load(mutirao)) {
      load.awaitMore(10);
      Map<String, Long> others = pidsOfTheOthers(name);
      long pid = process.pid();

      mutirao.stack().kill(name);

      await(name + " is started again")
          .atMost(BACK_WITHIN)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> process.pid() != pid);
      awaitReady(process);
      load.awaitMore(20);
      Evidence evidence = load.stopAndCheck();
      assertThat(evidence.rows().values()).anyMatch(row -> "SUCCEEDED".equals(row.result()));
      assertThat(pidsOfTheOthers(name)).isEqualTo(others);
    }
  }

  private Map<String, Long> pidsOfTheOthers(String name) {
    return mutirao.stack().processes().stream()
        .filter(process -> !process.name().equals(name))
        .collect(Collectors.toMap(Supervised::name, Supervised::pid));
  }

  private static void awaitReady(Supervised process) {
    await(process.name() + " is ready")
        .atMost(Jobs.DEADLINE)
        .until(() -> process.state() == Supervised.State.READY);
  }
}
