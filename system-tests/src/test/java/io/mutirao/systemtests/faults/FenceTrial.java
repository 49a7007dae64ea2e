package io.mutirao.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.launcher.process.Signal;
import io.mutirao.systemtests.stack.AnotherInstance;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnFaultStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two dispatchers, each of which believes for good that all lanes are its own. What keeps them
 * apart is the compare-and-set of the lane's batch number, and nothing else does. Whether two that
 * nothing keeps apart do harm within a minute is chance, so this is no part of the suite: {@code
 * -Dit.test=FenceTrial}. What the suite holds of it are LanesIT, where unfenced runners apply
 * twice, and CheckerTest.
 */
@OnFaultStack(deadLetters = true)
class FenceTrial {

  private static final int RUNS = 4;

  /** Both must watch the same run when it ends, which is left to chance. */
  private static final int TRIES = 6;

  /** After it both have read all: who lost a lane waits for a fetch that rests at the broker. */
  private static final Duration BOTH_KNOW = Duration.ofMillis(4_500);

  private final Mutirao mutirao;

  FenceTrial(Mutirao mutirao) {
    this.mutirao = mutirao;
  }

  /** That all tests of this package can fail: the checker sees it when the fence is gone. */
  @Test
  void promisesAreKeptBehindTheFenceAndBrokenWithoutIt() throws Exception {
    try (var usurper = AnotherInstance.ofUsurper(mutirao)) {
      usurper.awaitLanes(4);
      assertThat(mutirao.metric("run-dispatcher", "mutirao_lanes_held")).isEqualTo(4);
      assertThat(violations(new Ledger(mutirao))).isEmpty();

      var without = new Ledger(mutirao);
      String fence = takeTheFenceAway();
      try {
        for (int i = 0; i < TRIES && toldOnce(without); i++) {
          run(without, BOTH_KNOW);
        }
        usurper.signal(Signal.TERM);
        usurper.process().onExit().join();
      } finally {
        putBack(fence);
      }
      assertThat(toldOnce(without)).as("not both told, each at a moment of its own").isFalse();
    }
    assertThat(violations(new Ledger(mutirao))).as("the stack is well again").isEmpty();
  }

  private static boolean toldOnce(Ledger ledger) {
    return Checker.violations(ledger.evidence()).stream()
        .noneMatch(violation -> violation.contains("a repeat differs"));
  }

  private List<String> violations(Ledger ledger) {
    run(ledger, Duration.ZERO);
    return Checker.violations(ledger.evidence());
  }

  /** A run in each lane, and some that are ended before their time while both watch them. */
  private void run(Ledger ledger, Duration pause) {
    ledger.runOneOfEach();
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      runs.add(ledger.runPython(30));
    }
    for (long id : runs) {
      mutirao.jobs().awaitRun(id, "has begun", run -> run.isRunning() || run.isFinal());
    }
    await("a moment").pollDelay(pause).until(() -> true);
    runs.forEach(ledger::cancel);
    runs.forEach(mutirao.jobs()::awaitEnd);
  }

  /**
   * The position still goes forward only, so that the stack can be used again; each owner's state
   * is committed whoever else has moved the lane.
   */
  private String takeTheFenceAway() {
    String fence =
        mutirao
            .database()
            .list(
                "select pg_get_functiondef('dispatcher.move_lane'::regproc)",
                row -> row.getString(1))
            .getFirst();
    String none =
        fence
            .replace(" and batch = from_batch", "")
            .replace("set batch = from_batch + 1", "set batch = greatest(batch, from_batch) + 1")
            .replace("minted = new_minted", "minted = greatest(minted, new_minted)")
            .replace(
                "offsets = new_offsets",
                """
                offsets = (
                  select array_agg(greatest(old, new) order by place)
                    from unnest(offsets, new_offsets) with ordinality as both_of (old, new, place))
                """);
    assertThat(none).doesNotContain("batch = from_batch").contains("greatest(old, new)");
    mutirao.database().execute(none);
    return fence;
  }

  /** And the stack's own dispatcher reads its lanes again, for it no longer knows how they are. */
  private void putBack(String fence) {
    mutirao
        .database()
        .execute(
            fence + "; update dispatcher.lane set batch = batch + 1000, minted = minted + 1000");
  }
}
