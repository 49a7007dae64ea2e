package io.mutirao.systemtests.faults;

import static io.mutirao.systemtests.stack.OnNarrowStack.ACTIVE_TASKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.launcher.process.Signal;
import io.mutirao.systemtests.stack.Actives;
import io.mutirao.systemtests.stack.AnotherInstance;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnNarrowStack;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Random commands to three dispatchers and two registries that die and sleep at random; then all
 * promises. {@code -Dmodel.seconds=} takes longer, {@code -Dmodel.seed=} does it again.
 */
@OnNarrowStack
class ModelIT {

  private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("model.seconds", 15));
  private static final long SEED = Long.getLong("model.seed", System.nanoTime());

  /** From here on broker, database and gateway are not spared, either. */
  private static final boolean SPARES_NOBODY = LENGTH.compareTo(Duration.ofSeconds(60)) > 0;

  /**
   * From harm to harm, in milliseconds. A process takes up to 20 s until it is back: if all are
   * down most of the time, nothing is seen but that.
   */
  private static final int LEAST_PAUSE = SPARES_NOBODY ? 5_000 : 1_000;

  private static final int MOST_PAUSE = SPARES_NOBODY ? 15_000 : 3_000;

  /** Longer than a lease. */
  private static final Duration SLEEP = Duration.ofSeconds(6);

  private final Mutirao mutirao;
  private final Random random = new Random(SEED);
  private final List<Patient> patients = new ArrayList<>();
  private long everySecond;

  ModelIT(Mutirao mutirao) {
    this.mutirao = mutirao;
  }

  /** A process that comes back, whatever is done to it. */
  private interface Patient {

    void kill() throws IOException;

    void signal(Signal signal);
  }

  private record OfTheStack(Mutirao mutirao, String name) implements Patient {

    @Override
    public void kill() {
      mutirao.stack().kill(name);
    }

    @Override
    public void signal(Signal signal) {
      mutirao.stack().signal(name, signal);
    }
  }

  private static final class Beside implements Patient, AutoCloseable {

    private final Mutirao mutirao;
    private final String of;
    private final String name;
    private AnotherInstance instance;

    Beside(Mutirao mutirao, String of, String name) throws IOException {
      this.mutirao = mutirao;
      this.of = of;
      this.name = name;
      this.instance = AnotherInstance.start(mutirao, of, name);
    }

    @Override
    public void kill() throws IOException {
      instance.close();
      instance = AnotherInstance.start(mutirao, of, name);
    }

    @Override
    public void signal(Signal signal) {
      instance.signal(signal);
    }

    @Override
    public void close() {
      instance.close();
    }
  }

  @Test
  void promisesAreKeptWhateverDiesAndSleeps() throws Exception {
    var ledger = new Ledger(mutirao);
    everySecond =
        mutirao
            .jobs()
            .create(
                JobSettings.noop()
                    .atMost(1_000)
                    .with("schedule", Slots.everySecond("UNPAUSED"))
                    .with("queue", Map.of("enabled", true)));
    var slots = new Slots(mutirao, everySecond);
    try (var second = new Beside(mutirao, "run-dispatcher", "run-dispatcher-2");
        var third = new Beside(mutirao, "run-dispatcher", "run-dispatcher-3");
        var registry = new Beside(mutirao, "job-registry", "job-registry-2");
        var actives = new Actives(mutirao);
        var queued = new Actives(mutirao, ledger.queued())) {
      patients.addAll(List.of(second, third, registry));
      for (Beside beside : List.of(second, third, registry)) {
        beside.instance.awaitALane();
      }
      for (String name : List.of("run-dispatcher", "job-registry", "worker-1", "worker-2")) {
        patients.add(new OfTheStack(mutirao, name));
      }
      if (SPARES_NOBODY) {
        for (String name : List.of("api-gateway", "kafka", "postgres")) {
          patients.add(new OfTheStack(mutirao, name));
        }
      }

      Queue<Throwable> failures = loadAndHarm(ledger);

      assertThat(failures).as("-Dmodel.seed=%d", SEED).isEmpty();
      pause(everySecond);
      Evidence evidence = ledger.evidence();
      assertThat(Checker.violations(evidence)).as("-Dmodel.seed=%d", SEED).isEmpty();
      assertThat(evidence.rows()).hasSizeGreaterThan((int) LENGTH.toSeconds());
      slots.awaitEnd();
      assertThat(slots.violations()).as("-Dmodel.seed=%d", SEED).isEmpty();
      assertThat(slots.fired()).hasSizeGreaterThan((int) LENGTH.toSeconds() / 2);
      assertThat(actives.most()).isPositive().isLessThanOrEqualTo(ACTIVE_TASKS);
      assertThat(queued.most()).isPositive().isLessThanOrEqualTo(Ledger.QUEUED_AT_MOST);
      assertThat(Actives.mostOf(mutirao, ledger.queued()))
          .isPositive()
          .isLessThanOrEqualTo(Ledger.QUEUED_AT_MOST);
      assertThat(Actives.mostOfAll(mutirao)).isPositive().isLessThanOrEqualTo(ACTIVE_TASKS);
      long held = mutirao.database().number("select coalesce(sum(held), 0) from dispatcher.permit");
      assertThat(held).isLessThanOrEqualTo(ACTIVE_TASKS);
    }
  }

  /** The instances beside the stack's own are gone; theirs have all lanes again. */
  @AfterEach
  void theStackIsAsItWas() {
    for (String first : List.of("run-dispatcher", "job-registry")) {
      await(first + " has all lanes")
          .atMost(Jobs.DEADLINE)
          .ignoreException(Jobs.NoAnswer.class)
          .until(() -> mutirao.metric(first, "mutirao_lanes_held") == 4);
    }
    mutirao.jobs().post("delete", Map.of("job_id", everySecond)).ok();
  }

  private void pause(long job) {
    await("the schedule is paused")
        .atMost(Jobs.DEADLINE)
        .ignoreException(Jobs.NoAnswer.class)
        .until(() ->
            mutirao
                    .jobs()
                    .post(
                        "update",
                        Map.of(
                            "job_id",
                            job,
                            "new_settings",
                            Map.of("schedule", Slots.everySecond("PAUSED"))))
                    .status()
                == 200);
  }

  /** Callers at a steady pace beside harm at a random one, until the time is over. */
  private Queue<Throwable> loadAndHarm(Ledger ledger) throws InterruptedException {
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      every(500, clock, callers, failures, () -> ledger.runPython(0.05 + random.nextDouble()));
      every(300, clock, callers, failures, ledger::runNoop);
      every(600, clock, callers, failures, ledger::runQueued);
      every(900, clock, callers, failures, ledger::runGraph);
      every(700, clock, callers, failures, ledger::cancelOne);
      long end = System.nanoTime() + LENGTH.toNanos();
      while (System.nanoTime() < end) {
        harm(failures);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LEAST_PAUSE, MOST_PAUSE));
      }
      clock.shutdownNow();
    }
    return failures;
  }

  private static void every(
      int millis,
      ScheduledExecutorService clock,
      ExecutorService callers,
      Queue<Throwable> failures,
      Runnable request) {
    clock.scheduleAtFixedRate(
        () ->
            callers.submit(() -> {
              try {
                request.run();
              } catch (RuntimeException | AssertionError e) {
                failures.add(e);
              }
            }),
        0,
        millis,
        TimeUnit.MILLISECONDS);
  }

  private void harm(Queue<Throwable> failures) throws InterruptedException {
    Patient patient = patients.get(random.nextInt(patients.size()));
    try {
      if (random.nextInt(3) > 0) {
        patient.kill();
      } else {
        patient.signal(Signal.STOP);
        TimeUnit.MILLISECONDS.sleep(SLEEP.toMillis());
        patient.signal(Signal.CONT);
      }
    } catch (IOException e) {
      failures.add(e);
    }
  }
}
