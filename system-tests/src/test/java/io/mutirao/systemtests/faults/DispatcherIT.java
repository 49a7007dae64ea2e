package io.mutirao.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.launcher.process.Signal;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnFaultStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A dispatcher that sleeps, or is one of two. */
@OnFaultStack
class DispatcherIT {

  private static final Duration LEASE = Duration.ofSeconds(5);

  private final Mutirao mutirao;
  private final Jobs jobs;

  DispatcherIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
  }

  private static void wait(Duration length) {
    await("some time").pollDelay(length).atMost(length.plusSeconds(5)).until(() -> true);
  }

  /** Hole A6: it finds all leases over, and the beats of all workers unread. */
  @Test
  void aDispatcherThatSleptLongerThanALeaseDeclaresNoHealthyWorkerLost() {
    var ledger = new Ledger(mutirao);
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      runs.add(ledger.runPython(8.0));
    }
    runs.forEach(jobs::awaitRunning);

    mutirao.stack().signal("run-dispatcher", Signal.STOP);
    wait(LEASE.plusSeconds(2));
    mutirao.stack().signal("run-dispatcher", Signal.CONT);

    Evidence evidence = ledger.assertPromisesKept();
    assertThat(evidence.api().values()).containsOnly("TERMINATED SUCCESS");
  }

  /**
   * Hole A11: it was produced, so the answer is not 503; with the token it is safe to ask again.
   */
  @Test
  void aRequestThatNobodyAnswersIsAnsweredWith504AndCarriedOutOnce() {
    var ledger = new Ledger(mutirao);
    Map<String, Object> request = ledger.pythonRequest(0.1);
    Answer answer;
    mutirao.stack().signal("run-dispatcher", Signal.STOP);
    try {
      answer = jobs.post("run-now", request);
    } finally {
      mutirao.stack().signal("run-dispatcher", Signal.CONT);
    }

    assertThat(answer.status()).as(answer.text()).isEqualTo(504);
    assertThat(answer.message()).contains("may have been carried out");
    long run = ledger.accept(request);
    assertThat(ledger.accept(request)).isEqualTo(run);
    assertThat(ledger.assertPromisesKept().rows()).containsOnlyKeys(run);
  }

  /**
   * Holes A3 and A4. A second instance takes half of the lanes; it is stopped until the first has
   * them back, and woken up in the belief that they are still its own.
   */
  @Test
  void lanesMoveBetweenTwoDispatchersAndASleeperDoesNoHarm() throws Exception {
    try (Load load = new Load(mutirao);
        var second = AnotherInstance.ofDispatcher(mutirao)) {
      second.awaitLanes(2);
      load.awaitMore(20);

      second.signal(Signal.STOP);
      awaitLanesOfTheFirst(4);
      load.awaitMore(20);
      second.signal(Signal.CONT);
      second.awaitLanes(2);
      load.awaitMore(20);

      second.signal(Signal.KILL);
      awaitLanesOfTheFirst(4);
      load.awaitMore(20);
      load.stopAndCheck();
    }
  }

  private void awaitLanesOfTheFirst(int lanes) {
    await("the first dispatcher has " + lanes + " lanes")
        .atMost(Jobs.DEADLINE)
        .until(() -> mutirao.metric("run-dispatcher", "mutirao_lanes_held") == lanes);
  }
}
