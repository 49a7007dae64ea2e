package io.mutirao.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.mutirao.launcher.process.Supervised;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnFaultStack;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** kill -9, of each process in turn, while runs are in flight. */
@OnFaultStack
class KillIT {

  /** The launcher's promise. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(2);

  /** It was ten seconds, whatever the machine. */
  private static final Duration GO_ON_WITHIN = Duration.ofSeconds(7);

  private final Mutirao mutirao;

  KillIT(Mutirao mutirao) {
    this.mutirao = mutirao;
  }

  @Test
  void nothingIsLostNorDoneTwiceWhicheverProcessIsKilled() {
    try (Load load = new Load(mutirao)) {
      load.awaitMore(5);
      for (Supervised process : mutirao.stack().processes()) {
        Map<String, Long> others = pidsOfTheOthers(process.name());
        long pid = process.pid();

        mutirao.stack().kill(process.name());

        await(process.name() + " is started again")
            .atMost(BACK_WITHIN)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(10))
            .until(() -> process.pid() != pid);
        awaitReady(process);
        load.awaitMore(10);
        assertThat(pidsOfTheOthers(process.name())).isEqualTo(others);
      }
      Evidence evidence = load.stopAndCheck();
      assertThat(evidence.rows().values()).anyMatch(row -> "SUCCEEDED".equals(row.result()));
    }
  }

  /** Found by hand: a lane went on only when the fetch that rested at the broker was answered. */
  @Test
  void everyLaneGoesOnAtOnceWhenTheDatabaseIsBack() {
    var ledger = new Ledger(mutirao);
    ledger.runOneOfEach();
    ledger.assertPromisesKept();

    Supervised postgres = mutirao.process("postgres");
    int restarts = postgres.restarts();

    mutirao.stack().kill("postgres");

    await("postgres is started again")
        .atMost(Jobs.DEADLINE)
        .until(() -> postgres.restarts() > restarts);
    awaitReady(postgres);
    assertTimeout(GO_ON_WITHIN, ledger::runOneOfEach);
    ledger.assertPromisesKept();
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
