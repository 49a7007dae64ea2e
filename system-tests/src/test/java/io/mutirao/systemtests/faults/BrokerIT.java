package io.mutirao.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.launcher.process.Signal;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnOutageStack;
import io.mutirao.systemtests.stack.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A broker that dies or does not answer. */
@OnOutageStack
class BrokerIT {

  /** Of the stack for faults: two workers with four slots each. */
  private static final int SLOTS = 8;

  private static final Duration LEASE = Duration.ofSeconds(5);

  private final Mutirao mutirao;
  private final Jobs jobs;

  BrokerIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
  }

  /** Hole A1a: who holds which offer stands in the broker's memory only. */
  @Test
  void offersHeldWhenTheBrokerIsKilledAreCarriedOutOnce() {
    var ledger = new Ledger(mutirao);
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < 2 * SLOTS; i++) {
      runs.add(ledger.runPython(1.0));
    }
    await("the slots are full")
        .atMost(Jobs.DEADLINE)
        .until(() -> ledger.starts().size() >= SLOTS / 2);

    mutirao.stack().kill("kafka");

    Evidence evidence = ledger.assertPromisesKept();
    assertThat(evidence.rows()).containsOnlyKeys(runs);
    // Who ran meanwhile may have lost its lease, for a worker must not trust one it cannot renew.
    assertThat(evidence.rows().values().stream().map(Evidence.Row::result))
        .contains("SUCCEEDED")
        .containsAnyOf("SUCCEEDED", "FAILED");
  }

  /** Less than a lease: nobody notices. */
  @Test
  void aShortSilenceOfTheBrokerFailsNothing() {
    var ledger = new Ledger(mutirao);
    List<Long> runs = List.of(ledger.runPython(3.0), ledger.runPython(3.0));
    runs.forEach(jobs::awaitRunning);

    stopBrokerFor(Duration.ofMillis(1_500));

    Evidence evidence = ledger.assertPromisesKept();
    assertThat(evidence.api().values()).containsOnly("TERMINATED SUCCESS");
  }

  /**
   * Hole A6. More than a lease: the workers, who cannot renew theirs, end their tasks themselves,
   * and say so. That the beats could not come is not held against them: nobody declares them lost.
   */
  @Test
  void aLongSilenceOfTheBrokerIsNotTakenForTheDeathOfTheWorkers() {
    var ledger = new Ledger(mutirao);
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < SLOTS; i++) {
      runs.add(ledger.runPython(9.0));
    }
    runs.forEach(jobs::awaitRunning);
    double lostBefore = mutirao.metric("run-dispatcher", "mutirao_attempts_lost_total");

    stopBrokerFor(LEASE.plusSeconds(3));

    ledger.assertPromisesKept();
    assertThat(mutirao.metric("run-dispatcher", "mutirao_attempts_lost_total"))
        .isEqualTo(lostBefore);
    for (long run : runs) {
      Run end = jobs.run(run);
      assertThat(end.message()).doesNotContain("Worker lost");
      if (!end.result().equals("SUCCESS")) {
        assertThat(end.message()).contains("lost its lease");
      }
    }
    long later = ledger.runPython(0.1);
    assertThat(jobs.awaitEnd(later).state()).isEqualTo("TERMINATED SUCCESS");
  }

  private void stopBrokerFor(Duration length) {
    mutirao.stack().signal("kafka", Signal.STOP);
    try {
      await("the silence is over")
          .pollDelay(length)
          .atMost(length.plusSeconds(5))
          .until(() -> true);
    } finally {
      mutirao.stack().signal("kafka", Signal.CONT);
    }
  }

  /** Hole A11: 503 says that nothing happened, and clients repeat it without a token. */
  @Test
  void aRequestIsAnsweredWith503OnlyWhenItWasNotProduced() throws InterruptedException {
    var ledger = new Ledger(mutirao);
    ledger.runNoop();
    ledger.assertPromisesKept();
    mutirao.process("kafka").hold();
    Answer answer;
    try {
      awaitGatewayNotices();
      answer = jobs.post("run-now", Map.of("job_id", ledger.python()));
    } finally {
      mutirao.process("kafka").release();
    }

    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.errorCode()).isEqualTo("TEMPORARILY_UNAVAILABLE");
    assertThat(answer.retryAfter()).matches("[1-9][0-9]*");
    // Had it been produced, it would come before this one, in the same lane.
    ledger.runPython(0.05);
    ledger.assertPromisesKept();
  }

  /** Asks for what would have no effect, until the connection that is gone is missed. */
  private void awaitGatewayNotices() {
    await("the gateway knows that the broker is away")
        .atMost(Jobs.DEADLINE)
        .until(() -> jobs.post("run-now", Map.of("job_id", 4_000_000_000L)).status() == 503);
  }
}
