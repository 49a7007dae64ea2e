package io.mutirao.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Callers who come at a steady pace, whatever happens to the stack: a Python run and four runs that
 * do nothing in a second.
 */
final class Load implements AutoCloseable {

  private static final int PYTHON_EVERY_MILLIS = 1_000;
  private static final int NOOP_EVERY_MILLIS = 250;

  private final Ledger ledger;
  private final Random random = new Random(42);
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  Load(Mutirao mutirao) {
    ledger = new Ledger(mutirao);
    every(PYTHON_EVERY_MILLIS, () -> ledger.runPython(random.nextDouble(0.05, 1.0)));
    every(NOOP_EVERY_MILLIS, ledger::runNoop);
  }

  private void every(int millis, Runnable request) {
    clock.scheduleAtFixedRate(
        () -> callers.submit(() -> call(request)), 0, millis, TimeUnit.MILLISECONDS);
  }

  private void call(Runnable request) {
    try {
      request.run();
    } catch (RuntimeException | AssertionError e) {
      failures.add(e);
    }
  }

  /** Waits until so many more runs are accepted. */
  void awaitMore(int runs) {
    int before = ledger.size();
    await(runs + " more runs")
        .atMost(Jobs.DEADLINE)
        .until(() -> !failures.isEmpty() || ledger.size() >= before + runs);
  }

  /** No more requests; waits for the answers to those under way, and for the end of all runs. */
  Evidence stopAndCheck() {
    clock.shutdownNow();
    callers.close();
    assertThat(failures).isEmpty();
    return ledger.assertPromisesKept();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    callers.shutdownNow();
  }
}
