package io.mutirao.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobView;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.run.LaneBatches;
import io.mutirao.contracts.run.ListedRuns;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.contracts.topic.Headers;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs;
import io.mutirao.gateway.core.User;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owners' answers, and their silence, become. Over real HTTP. */
class OwnersTest {

  /** Longer than any machine takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Caller CALLER = new Caller(User.administrator("ana"), "00-1-2-01");

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void anAnswerIsReadAndNothingThereIsEmpty() throws Exception {
    OwnerClient owner =
        owner((_, request) -> answer(request, request.path().equals("/jobs/6") ? 200 : 404));
    assertThat(owner.get("/jobs/6", JobView.class).orElseThrow().job()).isEqualTo(new JobId(6));
    assertThat(owner.get("/jobs/7", JobView.class)).isEmpty();
  }

  @Test
  void aConnectionThatBrokeIsTriedOnceMore() throws Exception {
    OwnerClient owner =
        owner((n, request) -> {
          if (n == 0) {
            request.connection().close();
          } else {
            answer(request, 200);
          }
        });
    assertThat(owner.get("/jobs/6", JobView.class)).isPresent();
    assertThat(asked).hasValue(2);
  }

  @Test
  void anOwnerWhoHangsUpAlwaysIsAway() throws Exception {
    OwnerClient owner = owner((_, request) -> request.connection().close());
    assertThat(problem(owner)).isInstanceOf(Problem.Away.class);
    assertThat(asked).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 401})
  void anOwnerWhoCannotAnswerIsAway(int status) throws Exception {
    assertThat(problem(owner((_, request) -> answer(request, status))))
        .isInstanceOf(Problem.Away.class);
  }

  @Test
  void aPageThatTheOwnerDoesNotKnowIsTheCallersMistake() throws Exception {
    assertThat(problem(owner((_, request) -> answer(request, 400))))
        .isInstanceOf(Problem.NoSuchPage.class);
  }

  @Test
  void anOwnerWhoKeepsSilentOrTalksNonsenseIsAway() throws Exception {
    assertThat(problem(owner((_, _) -> {}))).isInstanceOf(Problem.Away.class);
    assertThat(problem(owner((_, request) -> request.response().end("<html>"))))
        .isInstanceOf(Problem.Away.class);
  }

  @Test
  void anOwnerWhoIsNotThereIsAway() throws Exception {
    HttpServer server = listen((_, request) -> answer(request, 200));
    int port = server.actualPort();
    server.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(problem(client(port))).isInstanceOf(Problem.Away.class);
  }

  @Test
  void anAnswerLargerThanWeCanHoldIsLetGo() throws Exception {
    OwnerClient owner = owner((_, request) -> request.response().end("x".repeat(200_000)));
    assertThat(problem(owner)).isInstanceOf(Problem.Invalid.class);
    assertThat(problem(owner)).isInstanceOf(Problem.Invalid.class);
  }

  @Test
  void aRunThatWasFasterThanItsJobsDefinitionIsAskedForAgainAsANewCommand() throws Exception {
    Correlation correlation = new Correlation(10);
    FakeBroker broker =
        new FakeBroker(
            correlation,
            (n, id) ->
                n < 2
                    ? new Reply.Refused(id, Refusal.UNKNOWN_JOB, "not yet")
                    : Reply.Accepted.ofRun(id, new RunId(10), 1));
    DispatcherRuns runs = runs(broker, correlation, 200);
    assertThat(
            runs.runNow(
                new Runs.Request(new JobId(6), Map.of(), Map.of(), null, List.of(), "token"),
                CALLER))
        .isEqualTo(new Runs.Made(new RunId(10), 1));
    List<String> ids =
        broker.sent.stream().map(sent -> FakeBroker.header(sent, Headers.CE_ID)).toList();
    assertThat(ids).hasSize(3).doesNotHaveDuplicates();
    assertThat(broker.sent)
        .allSatisfy(sent -> assertThat(new String(sent.value(), UTF_8)).contains("\"token\""));
  }

  @Test
  void aJobThatTheRegistryDoesNotKnowEitherIsUnknown() throws Exception {
    Correlation correlation = new Correlation(10);
    FakeBroker broker =
        new FakeBroker(
            correlation, (_, id) -> new Reply.Refused(id, Refusal.UNKNOWN_JOB, "never heard of"));
    DispatcherRuns runs = runs(broker, correlation, 404);
    Runs.Request request =
        new Runs.Request(new JobId(6), Map.of(), Map.of(), null, List.of(), null);
    assertThat(catchThrowableOfType(Rejected.class, () -> runs.runNow(request, CALLER)).problem())
        .isEqualTo(new Problem.UnknownJob(6));
    assertThat(broker.sent).hasSize(1);
  }

  @Test
  void whenADeletionIsAnsweredNobodySeesTheHistoryOfTheJobAnyMore() throws Exception {
    OwnerClient dispatcher =
        owner((n, request) -> {
          List<RunView> seen = n < 2 ? List.of(RunReadsTest.run(12)) : List.of();
          var listed = new ListedRuns(new RunPage(seen, null, null), LaneBatches.UNKNOWN);
          request.response().end(Codec.JSON.valueToTree(listed).toString());
        });
    Correlation correlation = new Correlation(10);
    FakeBroker broker =
        new FakeBroker(correlation, (_, id) -> Reply.Accepted.ofJob(id, new JobId(6), 2));
    Owners owners = new Owners(dispatcher, dispatcher, dispatcher);

    new RegistryJobs(
            CommandsTest.commands(broker, correlation, PATIENCE),
            owners,
            new CreationRate(owners, () -> 10_000))
        .delete(new JobId(6), CALLER);
    assertThat(asked).hasValue(3);
  }

  @Test
  void nothingHasANameThatIsLongerThanALineCanBe() throws Exception {
    OwnerClient owner = owner((_, request) -> request.response().end("{}"));

    assertThat(owner.get("/users?name=" + "x".repeat(70_000), JobView.class)).isEmpty();
    assertThat(asked).hasValue(0);
  }

  private DispatcherRuns runs(Broker broker, Correlation correlation, int registrySays)
      throws Exception {
    int port = listen((_, request) -> answer(request, registrySays)).actualPort();
    OwnerClient registry = client(port);
    Owners owners = new Owners(registry, registry, registry);
    return new DispatcherRuns(
        CommandsTest.commands(broker, correlation, PATIENCE),
        owners,
        new CreationRate(owners, () -> 10_000),
        new RunReads(owners, new HeldBytes(100_000), new Lanes(16), vertx),
        new KnownMembers(new PoolMembers()));
  }

  private static Problem problem(OwnerClient owner) {
    return catchThrowableOfType(Rejected.class, () -> owner.get("/jobs/6", JobView.class))
        .problem();
  }

  private OwnerClient owner(BiConsumer<Integer, HttpServerRequest> script) throws Exception {
    return client(listen(script).actualPort());
  }

  private OwnerClient client(int port) {
    HttpClient client = vertx.createHttpClient();
    return new OwnerClient(
        client,
        new HeldBytes(100_000),
        "owner",
        URI.create("http://127.0.0.1:" + port),
        Duration.ofSeconds(2));
  }

  private HttpServer listen(BiConsumer<Integer, HttpServerRequest> script) throws Exception {
    return vertx
        .createHttpServer()
        .requestHandler(request -> script.accept(asked.getAndIncrement(), request))
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static void answer(HttpServerRequest request, int status) {
    var empty = JsonNodeFactory.instance.objectNode();
    JobDefinition definition =
        JobDefinition.of("a", List.of(Task.of("main", "noop", empty)), "databricks", empty);
    JobView view = new JobView(new JobId(6), 1, definition, "ana", "ana", Instant.EPOCH);
    request.response().setStatusCode(status).end(Codec.JSON.valueToTree(view).toString());
  }
}
