package io.mutirao.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.launcher.process.Signal;
import io.mutirao.launcher.process.Supervised;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnFaultStack;
import io.mutirao.systemtests.stack.Run;
import io.mutirao.systemtests.stack.Scripts;
import io.mutirao.systemtests.stack.TaskProcesses;
import io.mutirao.systemtests.stack.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Workers that die, or sleep, at the worst moment. */
@OnFaultStack
class WorkerIT {

  private static final List<String> WORKERS = List.of("worker-1", "worker-2");

  private final Mutirao mutirao;
  private final Jobs jobs;

  WorkerIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
  }

  /** As in {@code worker-1}. */
  private String workerOf(long run) {
    return mutirao
        .database()
        .list(
            """
            select split_part(worker, '/', 1)
              from dispatcher.attempt_claim
              join dispatcher.attempt using (attempt_id)
             where run_id = ?
            """,
            row -> row.getString(1),
            run)
        .stream()
        .findFirst()
        .orElse("");
  }

  private ProcessHandle guardOf(String worker) {
    ProcessHandle process = ProcessHandle.of(mutirao.process(worker).pid()).orElseThrow();
    return process
        .children()
        .filter(child -> child.info().command().orElse("").contains("python"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(worker + " has no guard"));
  }

  private void awaitReady(String worker) {
    await(worker + " is ready")
        .atMost(Jobs.DEADLINE)
        .until(() -> mutirao.process(worker).state() == Supervised.State.READY);
  }

  /** The guards are stopped: a claim is granted, but nothing starts. Then its worker dies. */
  @Test
  void aWorkerKilledBetweenClaimAndStartLosesTheAttemptAndNobodyElseStartsIt() {
    var ledger = new Ledger(mutirao);
    Map<String, ProcessHandle> guards = new HashMap<>();
    WORKERS.forEach(worker -> guards.put(worker, guardOf(worker)));
    guards.values().forEach(Signal.STOP::send);
    long run = ledger.runPython(0.1);
    await("the claim").atMost(Jobs.DEADLINE).until(() -> !workerOf(run).isEmpty());
    String worker = workerOf(run);

    mutirao.stack().kill(worker);
    Signal.KILL.send(guards.remove(worker));
    guards.values().forEach(Signal.CONT::send);

    Run end = jobs.awaitEnd(run);
    assertThat(end.state()).isEqualTo("TERMINATED FAILED");
    assertThat(end.message()).startsWith("Worker lost: " + worker + "/");
    assertThat(ledger.starts()).isEmpty();
    awaitReady(worker);
    ledger.runPython(0.1);
    assertThat(ledger.assertPromisesKept().starts()).hasSize(1);
  }

  /** The same with the tasks running: their trees go with the worker. */
  @Test
  void whenAWorkerIsKilledItsTasksEndAndTheirRunsFail() {
    var ledger = new Ledger(mutirao);
    long run = ledger.runPython(60);
    jobs.awaitRunning(run);
    String worker = workerOf(run);
    await("the start").atMost(Jobs.DEADLINE).until(() -> ledger.starts().size() == 1);
    String attempt = String.valueOf(ledger.starts().getFirst().attempt());

    mutirao.stack().kill(worker);

    await("the end of the task's process")
        .atMost(Duration.ofSeconds(3))
        .until(() -> TaskProcesses.of(attempt).isEmpty());
    assertThat(jobs.awaitEnd(run).message()).startsWith("Worker lost: " + worker + "/");
    awaitReady(worker);
    ledger.assertPromisesKept();
  }

  /**
   * Hole A7: its lease is over while it sleeps; what it then says, and would do, counts nothing.
   */
  @Test
  void aWorkerStoppedForLongerThanItsLeaseHasNoTasksWhenItIsDeclaredLost() {
    Path alive = mutirao.scripts().newFile(".alive");
    Path script =
        mutirao
            .scripts()
            .write(
                """
                import os, time

                attempt = os.environ["MUTIRAO_ATTEMPT_ID"]
                start = os.open("%1$s", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
                os.write(start, (attempt + "\\n").encode())
                sign = "%1$s." + attempt
                while True:
                    with open(sign + ".new", "w") as file:
                        file.write(str(time.time()))
                    os.replace(sign + ".new", sign)  # whole, whenever it is killed
                    time.sleep(0.02)
                """
                    .formatted(alive));
    long job = jobs.create(JobSettings.python(script).atMost(10));
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(jobs.runNow(job));
    }
    runs.forEach(jobs::awaitRunning);
    String worker = workerOf(runs.getFirst());
    List<Long> theirs = runs.stream().filter(run -> workerOf(run).equals(worker)).toList();

    mutirao.stack().signal(worker, Signal.STOP);
    try {
      for (long run : theirs) {
        Run end = jobs.awaitEnd(run);
        assertThat(end.state()).isEqualTo("TERMINATED FAILED");
        assertThat(end.message()).startsWith("Worker lost: " + worker + "/");
        assertThat(lastSignOfLife(alive, run)).isLessThan(declaredLostAt(run));
      }
    } finally {
      mutirao.stack().signal(worker, Signal.CONT);
    }

    List<Run> ends = theirs.stream().map(jobs::run).toList();
    // The worker is awake again once it carries out new runs; both workers get some of these.
    var ledger = new Ledger(mutirao);
    await(worker + " works again")
        .atMost(Jobs.DEADLINE)
        .until(() -> workerOf(jobs.awaitEnd(ledger.runPython(0.05)).id()).equals(worker));
    assertThat(theirs.stream().map(jobs::run).toList()).as("late reports").isEqualTo(ends);
    assertThat(Scripts.read(alive).lines()).as("starts").hasSize(4).doesNotHaveDuplicates();
    runs.stream().filter(run -> !theirs.contains(run)).forEach(jobs::cancel);
    runs.forEach(jobs::awaitEnd);
    ledger.assertPromisesKept();
  }

  private double lastSignOfLife(Path alive, long run) {
    return Double.parseDouble(Scripts.read(Path.of(alive + "." + attemptOf(run))));
  }

  private long attemptOf(long run) {
    return mutirao.database().number("select attempt_id from dispatcher.run where run_id = ?", run);
  }

  private double declaredLostAt(long run) {
    return mutirao
        .database()
        .list(
            "select extract(epoch from ended_at) from dispatcher.run where run_id = ?",
            row -> row.getDouble(1),
            run)
        .getFirst();
  }

  @Test
  void aRunOfAPoolWithoutWorkersSaysWhatItWaitsForAndAMetricCountsThem() {
    mutirao.outsider().createTopic("task.offers.lonely");
    assertThat(mutirao.topic("task.offers.lonely").since(TopicReader.Position.START)).isEmpty();
    long job = jobs.create(JobSettings.noop().with("existing_cluster_id", "lonely"));

    Run waits = jobs.run(jobs.runNow(job)); // a new pool, and the first task that names it
    await("why it waits")
        .atMost(Jobs.DEADLINE)
        .until(() -> jobs.run(waits.id()).message(), said -> !said.isEmpty());

    assertThat(jobs.run(waits.id()).message())
        .isEqualTo("Waiting for a worker: there is none in pool lonely.");
    assertThat(jobs.run(waits.id()).lifeCycle()).isEqualTo("PENDING");
    assertThat(mutirao.askProcess("api-gateway", "/q/metrics").text())
        .containsPattern("mutirao_pool_workers\\{.*pool=\"lonely\".*} 0")
        .containsPattern("mutirao_pool_workers\\{.*pool=\"default\".*} 2");
    jobs.post("runs/cancel-all", Map.of("job_id", job)).ok();
    assertThat(jobs.awaitEnd(waits.id()).result()).isEqualTo("CANCELED");
  }
}
