package io.mutirao.worker.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.secret.Seal;
import io.mutirao.contracts.secret.SealedSecret;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.objects.DirectoryStore;
import io.mutirao.objects.TaskLog;
import io.mutirao.objects.TaskResult;
import io.mutirao.worker.desk.Desks;
import io.mutirao.worker.guard.Guard;
import io.mutirao.worker.guard.Interpreter;
import io.mutirao.worker.isolation.Isolation;
import io.mutirao.worker.output.OutputKeeper;
import io.mutirao.worker.runner.Runners;
import io.mutirao.worker.runner.python.PythonRunner;
import io.mutirao.worker.secret.SecretDesk;
import io.mutirao.worker.service.ServiceClient;
import io.mutirao.worker.told.ToldValues;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class TaskSecretsTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;
  private final RecordedReports reports = new RecordedReports();
  private final Attempts attempts = new Attempts(new Slots(2));
  private HttpServer registry;
  private Guard guard;
  private Desks desks;
  private OutputKeeper output;
  private Executions executions;

  @BeforeEach
  void open() throws Exception {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/secret-scopes/prod/secrets/db/for-run",
        exchange -> {
          String sealed = Seal.with(KEY).seal(Seal.nameOf("prod", "db"), "hunter2".getBytes(UTF_8));
          byte[] body = Codec.JSON.writeValueAsBytes(new SealedSecret("prod", "db", sealed));
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    registry.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    registry.start();
    Interpreter python = Interpreter.resolve("python3");
    Workplace workplace =
        Workplace.prepare(
            folder.resolve("work"),
            folder.resolve("cache"),
            "worker-1",
            Map.of("PATH", "/usr/bin:/bin"));
    guard = new Guard(python, workplace.root());
    URI url = URI.create("http://127.0.0.1:" + registry.getAddress().getPort());
    SecretDesk secrets = new SecretDesk(new ServiceClient(List.of(url)), Optional.of(KEY));
    desks = Desks.in(folder, objects(), new AttemptVault(attempts, workplace, secrets));
    output = new OutputKeeper(objects(), 10_000, Duration.ofMillis(20));
    executions =
        new Executions(
            attempts,
            new Runners(List.of(new PythonRunner(true), new PreparedRunner(python.path()))),
            new Executions.Hands(
                guard,
                workplace,
                Isolation.none(
                    new Isolation.Places(workplace.root(), workplace.cache(), python, folder)),
                output,
                new ToldValues(new ServiceClient(List.of())),
                desks,
                secrets),
            new Reporter(
                new WorkerId("worker-1/x"), reports, Clock.systemUTC(), new SimpleMeterRegistry()));
  }

  @AfterEach
  void close() {
    guard.close();
    output.close();
    desks.close();
    registry.stop(0);
  }

  @Test
  void aParameterIsTheSecretAndTheLogDoesNotShowIt() throws Exception {
    run("import sys; print(len(sys.argv[1]), sys.argv[1], sys.argv[1][::-1])");

    assertThat(reports.words()).containsExactly("started 7", "SUCCEEDED 7");
    assertThat(log()).isEqualTo("9 p=[REDACTED] 2retnuh=p\n");
  }

  @Test
  void aVariableOfTheClusterIsTheSecretToo() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("task.py"),
            "import os; print(os.environ['WORD'][::-1], os.environ['WORD'], 'MUTIRAO_DESK' in os.environ)");
    ObjectNode setup = Codec.JSON.createObjectNode();
    setup
        .putObject("cluster")
        .putObject("spark_env_vars")
        .put("WORD", "{{secrets/prod/db}}")
        .put("MUTIRAO_DESK", "/");
    run("python", Codec.JSON.createObjectNode().put("file", "file:" + script), setup);

    assertThat(log()).isEqualTo("2retnuh [REDACTED] False\n");
  }

  @Test
  void aSecretThatIsPrintedInPiecesIsNotShownEither() throws Exception {
    run(
        """
        import sys, time
        for part in ('<hun', 'ter', '2> hunt', 'ing'):
            sys.stdout.write(part); sys.stdout.flush(); time.sleep(0.05)
        """);

    assertThat(log()).isEqualTo("<[REDACTED]> hunting");
  }

  @Test
  void anErrorDoesNotShowItEither() throws Exception {
    run("import sys; raise ValueError(sys.argv[1])");

    assertThat(reports.words()).containsExactly("started 7", "FAILED 7 ValueError: p=[REDACTED]");
    assertThat(log()).contains("ValueError: p=[REDACTED]").doesNotContain("hunter2");
  }

  @Test
  void whatATaskTellsOthersDoesNotShowItEither() throws Exception {
    run(
        "prepared",
        Codec.JSON
            .createObjectNode()
            .put("before", "pass")
            .put("then", "open('left', 'w').write('p={{secrets/prod/db}}')"));

    assertThat(reports.end().values()).isEqualTo(Map.of("left", TextNode.valueOf("p=[REDACTED]")));
    assertThat(TaskResult.read(objects(), 7, 7)).contains("{\"value\":\"p=[REDACTED]\"}");
  }

  @Test
  void aSecretThatIsWithheldEndsTheAttemptBeforeItBegins() throws Exception {
    run("print('never')", "{{secrets/other/db}}");

    assertThat(reports.words())
        .containsExactly("FAILED 7 the job's owner may not read secrets of scope other");
  }

  private void run(String code) throws Exception {
    run(code, "p={{secrets/prod/db}}");
  }

  private void run(String code, String parameter) throws Exception {
    Path script = Files.writeString(folder.resolve("task.py"), code);
    ObjectNode spec = Codec.JSON.createObjectNode().put("file", "file:" + script);
    spec.putArray("parameters").add(parameter);
    run("python", spec);
  }

  private void run(String kind, ObjectNode spec) throws InterruptedException {
    run(kind, spec, null);
  }

  private void run(String kind, ObjectNode spec, @Nullable ObjectNode setup)
      throws InterruptedException {
    LiveAttempt attempt =
        new LiveAttempt(
            new OfferTask(
                new AttemptId(7), new RunId(7), new JobId(3), kind, spec, null, setup, null),
            "claim",
            false,
            null);
    attempt.granted(new Lease(Duration.ofMinutes(10)), System.nanoTime());
    attempts.add(attempt);
    executions.begin(attempt);
    assertThat(attempts.awaitNone(Duration.ofMinutes(5))).isTrue();
  }

  private DirectoryStore objects() {
    return new DirectoryStore(folder.resolve("objects"));
  }

  private String log() throws Exception {
    return TaskLog.read(objects(), 7, 7).orElseThrow().text();
  }
}
