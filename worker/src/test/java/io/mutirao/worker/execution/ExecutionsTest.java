package io.mutirao.worker.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.contracts.task.TaskReport.TaskEnded;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.objects.DirectoryStore;
import io.mutirao.objects.NotebookView;
import io.mutirao.objects.TaskLog;
import io.mutirao.objects.TaskResult;
import io.mutirao.worker.desk.Desks;
import io.mutirao.worker.desk.Vault;
import io.mutirao.worker.guard.Guard;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.isolation.Isolation;
import io.mutirao.worker.output.OutputKeeper;
import io.mutirao.worker.runner.Runners;
import io.mutirao.worker.runner.noop.NoopRunner;
import io.mutirao.worker.runner.python.PythonRunner;
import io.mutirao.worker.secret.SecretDesk;
import io.mutirao.worker.service.ServiceClient;
import io.mutirao.worker.told.ToldValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class ExecutionsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Lease LEASE = new Lease(Duration.ofMinutes(10));

  @TempDir Path folder;
  private final RecordedReports reports = new RecordedReports();
  private final Slots slots = new Slots(2);
  private final Attempts attempts = new Attempts(slots);
  private Guard guard;
  private OutputKeeper output;
  private Desks desks;
  private Workplace workplace;
  private Executions executions;
  private Beats beats;

  @BeforeEach
  void open() throws Exception {
    Interpreter python = Interpreter.resolve("python3");
    workplace =
        Workplace.prepare(
            folder.resolve("work"),
            folder.resolve("cache"),
            "worker-1",
            Map.of("PATH", "/usr/bin:/bin", "MUTIRAO_ADMIN_TOKEN", "secret", "LC_ALL", "C.UTF-8"));
    guard = new Guard(python, workplace.root());
    Isolation isolation =
        Isolation.none(new Isolation.Places(workplace.root(), workplace.cache(), python, folder));
    desks = Desks.in(folder, objects(), Vault.EMPTY);
    output = new OutputKeeper(objects(), 10_000, Duration.ofMillis(20));
    Reporter reporter =
        new Reporter(
            new WorkerId("worker-1/x"), reports, Clock.systemUTC(), new SimpleMeterRegistry());
    executions =
        new Executions(
            attempts,
            new Runners(
                List.of(
                    new PythonRunner(true), new PreparedRunner(python.path()), new NoopRunner())),
            new Executions.Hands(
                guard,
                workplace,
                isolation,
                output,
                new ToldValues(new ServiceClient(List.of())),
                desks,
                new SecretDesk(
                    new ServiceClient(List.of(URI.create("http://127.0.0.1:1"))),
                    Optional.empty())),
            reporter);
    beats = new Beats(reporter, new Lanes(4), attempts, guard);
  }

  @AfterEach
  void close() {
    guard.close();
    output.close();
    desks.close();
  }

  @Test
  void aScriptRunsInAFolderOfItsOwnAndItsOutputIsKept() throws Exception {
    executions.begin(python(7, "import os; print(os.getcwd()); open('x', 'w')"));
    allEnd();
    assertThat(reports.words()).containsExactly("started 7", "SUCCEEDED 7");
    assertThat(log(7)).isEqualTo(workplace.root().resolve("7") + "\n");
    try (Stream<Path> left = Files.list(workplace.root())) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("guard-1.py");
    }
  }

  @Test
  void aScriptSeesACleanEnvironment() throws Exception {
    executions.begin(python(7, "import os; print(sorted(os.environ))"));
    allEnd();
    assertThat(log(7))
        .isEqualTo(
            "['LC_ALL', 'MUTIRAO_ATTEMPT_ID', 'MUTIRAO_JOB_ID', 'MUTIRAO_RUN_ID', 'PATH']\n");
  }

  @Test
  void aScriptThatFailsTellsItsError() throws Exception {
    executions.begin(python(7, "print('before'); raise ValueError('bad')"));
    allEnd();
    assertThat(reports.words()).containsExactly("started 7", "FAILED 7 ValueError: bad");
    assertThat(log(7)).startsWith("before\nTraceback").endsWith("ValueError: bad\n");
  }

  @Test
  void aStoreThatFailsCostsTheLogAndNotTheEnd() throws Exception {
    Files.writeString(folder.resolve("objects"), "not a directory");
    executions.begin(python(7, "print('hi')"));
    allEnd();
    assertThat(reports.words()).containsExactly("started 7", "SUCCEEDED 7");
  }

  @Test
  void whatATaskPrintsIsSeenWhileItRuns() throws Exception {
    executions.begin(
        python(
            7, "import sys, time; print('one'); print('two', file=sys.stderr); time.sleep(1000)"));
    await(() -> printed(7).equals("one\ntwo\n"));
    executions.stop(new AttemptId(7), StopReason.ASKED, Duration.ofSeconds(5));
    allEnd();
    assertThat(log(7)).isEqualTo("one\ntwo\n");
  }

  @Test
  void whenWhatWasPrintedIsKeptToo() throws Exception {
    long before = System.currentTimeMillis();
    Path go = folder.resolve("go");
    executions.begin(
        python(
            7,
            """
            import os, time
            print('é', end='')
            while not os.path.exists('%s'): time.sleep(.05)
            print('two')
            """
                .formatted(go)));
    await(() -> printed(7).equals("é"));
    Files.createFile(go);
    allEnd();
    String times =
        new String(objects().get(TaskLog.times(7, 7), 0, 1000).orElseThrow().bytes(), UTF_8);
    List<List<Long>> entries =
        times.lines().map(line -> Stream.of(line.split(" ")).map(Long::valueOf).toList()).toList();
    assertThat(entries).extracting(List::getFirst).containsExactly(0L, 2L);
    assertThat(entries.get(0).get(1)).isBetween(before, entries.get(1).get(1) - 1);
    assertThat(entries.get(1).get(1)).isLessThanOrEqualTo(System.currentTimeMillis());
  }

  @Test
  void aTaskThatPrintsWithoutEndIsCutWithANotice() throws Exception {
    executions.begin(python(7, "for i in range(100000): print('x' * 98)\nprint('the end')"));
    allEnd();
    assertThat(reports.words()).containsExactly("started 7", "SUCCEEDED 7");
    assertThat(log(7)).startsWith("x".repeat(98)).hasSizeLessThan(10_200);
    assertThat(log(7)).contains("[The output is cut here: only its first 10000 bytes are kept.");
  }

  @Test
  void whatIsRejectedFailsWithoutAStart() throws Exception {
    executions.begin(attempt(7, "jar", Codec.JSON.createObjectNode()));
    allEnd();
    assertThat(reports.words())
        .containsExactly("FAILED 7 this worker has no runner for tasks of kind jar");
  }

  @Test
  void anInstantTaskStartsAndEndsAtOnce() {
    executions.begin(attempt(7, "noop", Codec.JSON.createObjectNode()));
    assertThat(reports.words()).containsExactly("started 7", "SUCCEEDED 7");
    assertThat(attempts.all()).isEmpty();
  }

  @Test
  void aGrantThatCameTooLateIsNotStarted() throws Exception {
    LiveAttempt late = python(7, "print('hi')");
    late.granted(LEASE, System.nanoTime() - LEASE.length().toNanos());
    executions.begin(late);
    allEnd();
    assertThat(reports.words()).hasSize(1).first().asString().startsWith("NOT_STARTED 7");
  }

  @Test
  void whatPreparesATaskIsGuardedAndPrintsIntoItsLog() throws Exception {
    executions.begin(prepared(7, "print('before')", "open('left', 'w').write('x'); print('then')"));
    allEnd();
    assertThat(reports.words()).containsExactly("started 7", "SUCCEEDED 7");
    assertThat(log(7)).isEqualTo("preparing {}\nbefore\nthen\n");
  }

  @Test
  void whatATaskLeavesIsKeptAndItsValuesAreTold() throws Exception {
    executions.begin(prepared(7, "pass", "open('left', 'w').write('x')"));
    allEnd();
    assertThat(TaskResult.read(objects(), 7, 7)).contains("{\"value\":\"x\"}");
    assertThat(NotebookView.read(objects(), 7, 7)).contains("x");
    TaskEnded end = reports.end();
    assertThat(end.values()).containsOnlyKeys("left");
    assertThat(end.executedUntil()).isBetween(reports.start().startedAt(), end.endedAt());
  }

  @Test
  void aTaskThatSaysThatItFailedHasFailed() throws Exception {
    executions.begin(prepared(7, "pass", "open('left', 'w').write('bad')"));
    allEnd();
    assertThat(reports.words()).containsExactly("started 7", "FAILED 7 it left something bad");
  }

  @Test
  void aTaskThatCannotBePreparedFailsWithItsCause() throws Exception {
    executions.begin(prepared(7, "raise SystemExit('no such library')", "print('then')"));
    allEnd();
    assertThat(reports.words()).containsExactly("FAILED 7 1: no such library");
    assertThat(reports.end().cause()).isEqualTo(Cause.LIBRARY_NOT_INSTALLED);
    assertThat(log(7)).isEqualTo("preparing {}\nno such library\n");
  }

  @Test
  void whoIsAskedToStopStopsWhileItIsPrepared() throws Exception {
    executions.begin(
        prepared(7, "import time; open('up', 'w').close(); time.sleep(1000)", "print('then')"));
    await(() -> Files.exists(workplace.root().resolve("7/up")));
    executions.stop(new AttemptId(7), StopReason.ASKED, Duration.ofSeconds(5));
    allEnd();
    assertThat(reports.words()).containsExactly("STOPPED 7");
  }

  @Test
  void whoIsAskedToStopStops() throws Exception {
    executions.begin(python(7, "import time; time.sleep(1000)"));
    await(() -> reports.words().contains("started 7"));
    executions.stop(new AttemptId(7), StopReason.ASKED, Duration.ofSeconds(5));
    allEnd();
    assertThat(reports.words()).containsExactly("started 7", "STOPPED 7");
  }

  @Test
  void theTasksOfAWorkerThatStopsFail() throws Exception {
    executions.begin(python(7, "import time; time.sleep(1000)"));
    await(() -> reports.words().contains("started 7"));
    executions.stop(new AttemptId(7), StopReason.WORKER_STOPS, Duration.ofSeconds(5));
    allEnd();
    assertThat(reports.words()).containsExactly("started 7", "FAILED 7 the worker was stopped");
  }

  @Test
  void aWorkerThatStopsLetsItsTasksEndAndEndsThoseThatDoNot() throws Exception {
    executions.begin(
        python(7, "import time; open('up', 'w').close(); time.sleep(.5); print('done')"));
    await(() -> Files.exists(workplace.root().resolve("7/up")));
    executions.drain(PATIENCE);
    assertThat(reports.words()).containsExactly("started 7", "SUCCEEDED 7");
    executions.begin(python(8, "import time; open('up', 'w').close(); time.sleep(1000)"));
    await(() -> Files.exists(workplace.root().resolve("8/up")));
    executions.drain(Duration.ofMillis(100));
    allEnd();
    assertThat(reports.words()).endsWith("started 8", "FAILED 8 the worker was stopped");
  }

  @Test
  void aSlotIsFreeAgainWhenItsTaskHasEnded() throws Exception {
    executions.begin(python(7, "pass"));
    executions.begin(python(8, "pass"));
    allEnd();
    assertThat(slots.take()).isTrue();
    assertThat(slots.take()).isTrue();
    assertThat(slots.take()).isFalse();
  }

  @Test
  void onlyBeatsThatArriveKeepATaskAlive() throws Exception {
    LiveAttempt attempt = python(7, "import time; time.sleep(1000)");
    attempt.granted(new Lease(Duration.ofSeconds(4)), System.nanoTime());
    executions.begin(attempt);
    await(() -> reports.words().contains("started 7"));
    reports.arrival = new CompletableFuture<>();
    beats.run();
    allEnd();
    assertThat(reports.words())
        .contains("beat 1")
        .last()
        .asString()
        .startsWith("FAILED 7 the worker lost its lease");
  }

  @Test
  void anAttemptIsNamedInBeatsFromItsGrantToItsEnd() {
    LiveAttempt unanswered =
        new LiveAttempt(offer(9, "noop", Codec.JSON.createObjectNode()), "c", false, null);
    attempts.add(unanswered);
    beats.run();
    assertThat(reports.sent).isEmpty();
    unanswered.granted(LEASE, System.nanoTime());
    beats.run();
    assertThat(reports.words()).containsExactly("beat 1");
  }

  private LiveAttempt python(long id, String code) throws Exception {
    Path script = Files.writeString(folder.resolve(id + ".py"), code);
    return attempt(id, "python", Codec.JSON.createObjectNode().put("file", "file:" + script));
  }

  private LiveAttempt prepared(long id, String before, String then) {
    return attempt(
        id, "prepared", Codec.JSON.createObjectNode().put("before", before).put("then", then));
  }

  private DirectoryStore objects() {
    return new DirectoryStore(folder.resolve("objects"));
  }

  private LiveAttempt attempt(long id, String kind, ObjectNode spec) {
    LiveAttempt attempt = new LiveAttempt(offer(id, kind, spec), "claim", slots.take(), null);
    attempt.granted(LEASE, System.nanoTime());
    attempts.add(attempt);
    return attempt;
  }

  private static OfferTask offer(long id, String kind, ObjectNode spec) {
    return OfferTask.of(new AttemptId(id), new RunId(id), new JobId(3), kind, spec);
  }

  private String log(long id) throws Exception {
    return TaskLog.read(objects(), id, id).orElseThrow().text();
  }

  /** So far. */
  private String printed(long id) {
    try {
      return TaskLog.read(objects(), id, id).map(TaskLog::text).orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void allEnd() throws Exception {
    assertThat(attempts.awaitNone(PATIENCE)).isTrue();
    await(() -> isEmptyBut(workplace.root()));
  }

  /** The folder is cleared after the report. */
  private static boolean isEmptyBut(Path root) {
    try (Stream<Path> left = Files.list(root)) {
      return left.allMatch(path -> path.toString().endsWith(".py"));
    } catch (IOException e) {
      return false;
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(2_000_000);
    }
  }
}
