package io.mutirao.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.launcher.process.Signal;
import io.mutirao.systemtests.stack.AnotherInstance;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.Core;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnOutageStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A dispatcher that sleeps, or is one of two. */
@OnOutageStack
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
   * Found by the model test: it was neither among the active ones nor among those that are over.
   */
  @Test
  void aRunThatEndsInTheBatchOfAnotherCommandForItIsStillThere() {
    var core = new Core(mutirao);
    Path script = mutirao.scripts().witnessed(mutirao.scripts().newFile(".witness"));
    long job = jobs.create(JobSettings.python(script, "60").with("queue", Map.of("enabled", true)));
    long first = jobs.runNow(job);
    long waiting = jobs.runNow(job);
    jobs.awaitRunning(first);
    String id = UUID.randomUUID().toString();

    mutirao.stack().signal("run-dispatcher", Signal.STOP);
    try {
      // What it had asked the broker for is answered with the first; all others come together.
      send(core, "CancelRun", first, id + "1");
      send(core, "CancelRun", waiting, id + "2");
      send(core, "CancelRun", waiting, id + "3");
      send(core, "DeleteRun", waiting, id + "4");
    } finally {
      mutirao.stack().signal("run-dispatcher", Signal.CONT);
    }

    assertThat(core.answer(id + "2").path("type").asText()).isEqualTo("Accepted");
    assertThat(core.answer(id + "3").path("type").asText()).isEqualTo("Accepted");
    JsonNode deleted = core.answer(id + "4");
    assertThat(deleted.path("type").asText() + deleted.path("reason").asText())
        .as("in one batch with its end, or in the next: %s", deleted)
        .isIn("RefusedRUN_IS_ACTIVE", "Accepted");
    assertThat(jobs.awaitEnd(first).state()).isEqualTo("TERMINATED CANCELED");
  }

  private void send(Core core, String type, long run, String id) {
    int lane =
        (int) mutirao.database().number("select lane from dispatcher.run where run_id = ?", run);
    core.send("run.commands", lane, Core.command(type).put("run", run), id);
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
      load.awaitMore(10);

      second.signal(Signal.STOP);
      awaitLanesOfTheFirst(4);
      load.awaitMore(10);
      second.signal(Signal.CONT);
      second.awaitLanes(2);
      load.awaitMore(10);

      second.signal(Signal.KILL);
      awaitLanesOfTheFirst(4);
      load.awaitMore(10);
      load.stopAndCheck();
    }
  }

  private void awaitLanesOfTheFirst(int lanes) {
    await("the first dispatcher has " + lanes + " lanes")
        .atMost(Jobs.DEADLINE)
        .until(() -> mutirao.metric("run-dispatcher", "mutirao_lanes_held") == lanes);
  }
}
