package io.mutirao.worker.execution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.contracts.task.TaskReport.TaskEnded;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.objects.DirectoryStore;
import io.mutirao.objects.ObjectPath;
import io.mutirao.objects.Piece;
import io.mutirao.objects.TaskLog;
import io.mutirao.objects.TaskResult;
import io.mutirao.runner.Runner;
import io.mutirao.runner.RunnerContract;
import io.mutirao.worker.desk.Desks;
import io.mutirao.worker.desk.Vault;
import io.mutirao.worker.guard.Guard;
import io.mutirao.worker.guard.GuardedTask;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.isolation.Isolation;
import io.mutirao.worker.isolation.Profile;
import io.mutirao.worker.output.OutputKeeper;
import io.mutirao.worker.runner.Runners;
import io.mutirao.worker.secret.SecretDesk;
import io.mutirao.worker.service.ServiceClient;
import io.mutirao.worker.told.ToldValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A worker without a broker: runs one task under a real guard, reports into memory. */
public final class WorkerStage implements RunnerContract.Stage {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** How much of what a task prints is kept. */
  public static final int LIMIT = 100_000;

  private static long attempts = ProcessHandle.current().pid() * 1_000_000;

  /** Of the task that was started last. */
  private long id;

  private final RecordedReports reports = new RecordedReports();
  private final Attempts live = new Attempts(new Slots(1));
  private final DirectoryStore objects;
  private final Guard guard;
  private final OutputKeeper output;
  private final Desks desks;
  private final Executions executions;
  private final String kind;
  private final Workplace workplaceOfAll;
  private final Isolation walls;
  private final HttpServer dispatcher;
  private @Nullable ObjectNode setup;

  /** Without walls. */
  public WorkerStage(Path folder, Interpreter python, Runner<?> runner) throws IOException {
    this(folder, python, runner, Isolation::none);
  }

  /** In profile STRICT; is skipped, loudly, where that is not to be had. */
  public static WorkerStage strict(Path folder, Interpreter python, Runner<?> runner)
      throws IOException, InterruptedException {
    Isolation.Wish wish =
        new Isolation.Wish(
            Profile.STRICT, "bwrap", "nobody", false, List.of(), Isolation.Limits.NONE);
    Path trial = Files.createDirectories(folder.resolve("trial"));
    Isolation.Places places = new Isolation.Places(trial, trial, python, trial);
    assumeTrue(
        Isolation.find(wish, places).words().startsWith("bubblewrap"),
        "SKIPPED: bubblewrap does not work here; profile STRICT is not tested");
    return new WorkerStage(folder, python, runner, found(wish));
  }

  /** In profile LOCAL, as far as it is to be had. */
  static WorkerStage local(Path folder, Interpreter python, Runner<?> runner) throws IOException {
    Isolation.Wish wish =
        new Isolation.Wish(
            Profile.LOCAL, "bwrap", "nobody", true, List.of(), Isolation.Limits.NONE);
    return new WorkerStage(folder, python, runner, found(wish));
  }

  private static Function<Isolation.Places, Isolation> found(Isolation.Wish wish) {
    return where -> {
      try {
        return Isolation.find(wish, where);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private WorkerStage(
      Path folder,
      Interpreter python,
      Runner<?> runner,
      Function<Isolation.Places, Isolation> isolation)
      throws IOException {
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
    workplaceOfAll = workplace;
    // No task has told anything.
    dispatcher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    dispatcher.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("{}".getBytes(UTF_8));
          exchange.close();
        });
    dispatcher.start();
    walls =
        isolation.apply(new Isolation.Places(workplace.root(), workplace.cache(), python, folder));
    executions =
        new Executions(
            live,
            new Runners(List.of(runner)),
            new Executions.Hands(
                guard,
                workplace,
                walls,
                output,
                new ToldValues(
                    new ServiceClient(
                        List.of(
                            URI.create("http://127.0.0.1:" + dispatcher.getAddress().getPort())))),
                desks,
                new SecretDesk(
                    new ServiceClient(List.of(URI.create("http://127.0.0.1:1"))),
                    Optional.empty())),
            new Reporter(
                new WorkerId("worker-1/x"), reports, Clock.systemUTC(), new SimpleMeterRegistry()));
  }

  /** From now on an interpreter waits for Python tasks. Returns when it does. */
  public void keepWarm() throws Exception {
    guard.keepWarm(
        1,
        (its, script, folder) -> {
          Isolation.Program program =
              walls.program(
                  List.of(its.toString(), "-u", script.toString()),
                  workplaceOfAll.base(),
                  new Isolation.Room(folder, false, List.of()));
          return new Guard.Warming.Waiting(program.argv(), program.environment(), program.walled());
        });
    guard.prepare();
    awaitWarm(1);
    LockSupport.parkNanos(300_000_000); // It is there; what it imports takes some more time.
  }

  /** Waits until so many interpreters wait for tasks. */
  public void awaitWarm(int count) throws TimeoutException {
    String program = workplaceOfAll.root().resolve("warm.py").toString();
    await(() -> processes("0".repeat(19), process -> holds(process, "cmdline", program)) >= count);
  }

  /** How long a task takes, from its claim to its report. */
  Duration time(ObjectNode spec) throws Exception {
    guard.prepare();
    await(guard::isReady);
    long begin = System.nanoTime();
    start(spec);
    if (!live.awaitNone(PATIENCE)) {
      throw new TimeoutException("not within " + PATIENCE);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** What is to be ready around the task. */
  public WorkerStage around(ObjectNode needed) {
    setup = needed;
    return this;
  }

  /** Something that tasks find in the store. */
  public WorkerStage holding(String object, String text) throws IOException {
    return holding(object, text.getBytes(UTF_8));
  }

  /** Something that tasks find in the store. */
  public WorkerStage holding(String object, byte[] content) throws IOException {
    objects.put(new ObjectPath(object), new ByteArrayInputStream(content));
    return this;
  }

  @Override
  public void start(ObjectNode spec) {
    id = ++attempts;
    OfferTask offer =
        new OfferTask(
            new AttemptId(id), new RunId(id), new JobId(3), kind, spec, null, setup, null);
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

  /** What the task gave back. */
  public JsonNode result() throws IOException {
    return Codec.JSON.readTree(TaskResult.read(objects, id, id).orElseThrow());
  }

  @Override
  public int processes() {
    return processes(Long.toString(id), _ -> true);
  }

  private static int processes(String marked, Predicate<Path> also) {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return (int)
          all.filter(path -> path.getFileName().toString().matches("\\d+"))
              .filter(process -> holds(process, "environ", GuardedTask.MARK + "=" + marked))
              .filter(also)
              .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holds(Path process, String file, String wanted) {
    try {
      String text = Files.readString(process.resolve(file), ISO_8859_1);
      return ("\0" + text).contains("\0" + wanted + "\0");
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
    dispatcher.stop(0);
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
