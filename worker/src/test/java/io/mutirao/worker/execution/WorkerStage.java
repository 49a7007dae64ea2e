package io.mutirao.worker.execution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.contracts.task.TaskReport.TaskEnded;
import io.mutirao.objects.DirectoryStore;
import io.mutirao.objects.Piece;
import io.mutirao.objects.TaskLog;
import io.mutirao.runner.Runner;
import io.mutirao.runner.RunnerContract;
import io.mutirao.worker.desk.Desks;
import io.mutirao.worker.desk.Vault;
import io.mutirao.worker.guard.Guard;
import io.mutirao.worker.guard.GuardedTask;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.isolation.Isolation;
import io.mutirao.worker.output.OutputKeeper;
import io.mutirao.worker.runner.Runners;
import io.mutirao.worker.secret.SecretDesk;
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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A worker without a broker: runs one task under a real guard, reports into memory. */
public final class WorkerStage implements RunnerContract.Stage {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LIMIT = 100_000;
  private static long attempts = ProcessHandle.current().pid() * 1_000_000;

  private final long id = ++attempts;
  private final RecordedReports reports = new RecordedReports();
  private final Attempts live = new Attempts(new Slots(1));
  private final DirectoryStore objects;
  private final Guard guard;
  private final OutputKeeper output;
  private final Desks desks;
  private final Executions executions;
  private final String kind;

  public WorkerStage(Path folder, Interpreter python, Runner<?> runner) throws IOException {
    kind = runner.kind();
    objects = new DirectoryStore(folder.resolve("objects"));
    Workplace workplace =
        Workplace.prepare(
            folder.resolve("work"),
            folder.resolve("cache"),
            "worker-1",
            Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()));
    guard = new Guard(python, workplace.root());
    output = new OutputKeeper(objects, LIMIT, Duration.ofMillis(20));
    desks = Desks.in(folder, objects, Vault.EMPTY);
    executions =
        new Executions(
            live,
            new Runners(List.of(runner)),
            new Executions.Hands(
                guard,
                workplace,
                Isolation.none(new Isolation.Places(workplace.root(), workplace.cache(), python)),
                output,
                new ToldValues(List.of()),
                desks,
                new SecretDesk(URI.create("http://127.0.0.1:1"), Optional.empty())),
            new Reporter(
                new WorkerId("worker-1/x"), reports, Clock.systemUTC(), new SimpleMeterRegistry()));
  }

  @Override
  public void start(ObjectNode spec) {
    OfferTask offer = OfferTask.of(new AttemptId(id), new RunId(id), new JobId(3), kind, spec);
    LiveAttempt attempt = new LiveAttempt(offer, "claim", false, null);
    attempt.granted(new Lease(Duration.ofMinutes(5)), System.nanoTime());
    live.add(attempt);
    executions.begin(attempt);
  }

  @Override
  public void awaitPrinted(String text) throws Exception {
    await(() -> new String(printed(), ISO_8859_1).contains(text));
  }

  @Override
  public void stop(Duration grace) {
    executions.stop(new AttemptId(id), StopReason.ASKED, grace);
  }

  @Override
  public void die() throws Exception {
    guard.close();
    await(() -> processes() == 0);
  }

  @Override
  public String awaitEnd() throws Exception {
    await(() -> live.all().isEmpty());
    TaskEnded end = reports.end();
    return "%s %s".formatted(end.ending(), end.message()).strip();
  }

  @Override
  public byte[] printed() {
    try {
      return objects.get(TaskLog.path(id, id), 0, LIMIT * 2).map(Piece::bytes).orElse(new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int processes() {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return (int)
          all.filter(path -> path.getFileName().toString().matches("\\d+"))
              .filter(this::isOurs)
              .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isOurs(Path process) {
    try {
      String environment = Files.readString(process.resolve("environ"), ISO_8859_1);
      return ("\0" + environment).contains("\0" + GuardedTask.MARK + "=" + id + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public int limit() {
    return LIMIT;
  }

  @Override
  public void close() {
    guard.close();
    output.close();
    desks.close();
  }

  private static void await(BooleanSupplier condition) throws TimeoutException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("not within " + PATIENCE);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
