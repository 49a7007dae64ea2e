package io.mutirao.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.DefinedVersions;
import io.mutirao.contracts.job.DefinedVersions.Defined;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobVersion;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.FoundRuns;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.RunTrigger;
import io.mutirao.contracts.run.RunView;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many callers are answered by few questions. Over real HTTP. */
final class RunLookupsTest {

  private static final int HELD = 1_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private ObjectNode settings = JsonNodeFactory.instance.objectNode();
  private int mostAtOnce = 1_000;

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void oneCallerAloneGetsHisRunAndNothingForWhatIsNotThere() throws Exception {
    RunLookups lookups = new RunLookups(dispatcher());

    assertThat(lookups.find(12).map(RunView::run)).contains(new RunId(12));
    assertThat(lookups.find(13)).isEmpty();
    assertThat(questions).containsExactly("/runs/found?ids=12", "/runs/found?ids=13");
  }

  @Test
  void manyCallersAtATimeAreAnsweredByFewQuestionsEachWithHisOwnRun() throws Exception {
    RunLookups lookups = new RunLookups(dispatcher());

    assertThat(all(lookups, 300)).containsExactlyElementsOf(evens(300));
    assertThat(questions).hasSizeLessThan(100);
  }

  @Test
  void whatIsTooMuchAtOnceIsAskedForOneByOne() throws Exception {
    mostAtOnce = 1;
    RunLookups lookups = new RunLookups(dispatcher());

    assertThat(all(lookups, 60)).containsExactlyElementsOf(evens(60));
  }

  @Test
  void whenTheDispatcherIsAwayEverybodyHearsSo() throws Exception {
    RunLookups lookups = new RunLookups(client(1));

    for (int i = 0; i < 3; i++) {
      assertThat(catchThrowableOfType(Rejected.class, () -> lookups.find(12)).problem())
          .isInstanceOf(Problem.Away.class);
    }
  }

  @Test
  void aDefinitionIsAskedForOnceForAllRunsOfItsVersion() throws Exception {
    OwnerClient dispatcher = dispatcher();
    RunDefinitions definitions = new RunDefinitions(dispatcher, new HeldBytes(HELD));
    RunView run = new RunLookups(dispatcher).find(12).orElseThrow();
    questions.clear();

    assertThat(definitions.with(run).definition().settings()).isEqualTo(settings);
    assertThat(definitions.with(List.of(run, run, run))).hasSize(3);
    assertThat(questions).containsExactly("/definitions?versions=7.1");
  }

  @Test
  void aListThatWouldBeLargerThanWeCanHoldIsRefused() throws Exception {
    settings.put("description", "x".repeat(HELD / 4));
    OwnerClient dispatcher = dispatcher();
    RunDefinitions definitions = new RunDefinitions(dispatcher, new HeldBytes(HELD));
    RunView run = new RunLookups(dispatcher).find(12).orElseThrow();

    assertThat(definitions.with(List.of(run, run, run))).hasSize(3);
    List<RunView> four = List.of(run, run, run, run);
    assertThat(catchThrowableOfType(Rejected.class, () -> definitions.with(four)).problem())
        .isInstanceOf(Problem.Invalid.class);
  }

  private static List<Optional<Long>> evens(int count) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(id -> id % 2 == 0 ? Optional.of(id) : Optional.<Long>empty())
        .toList();
  }

  private static List<Optional<Long>> all(RunLookups lookups, int count) throws Exception {
    List<Future<Optional<Long>>> asked = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long id = 1; id <= count; id++) {
        long wanted = id;
        asked.add(callers.submit(() -> lookups.find(wanted).map(run -> run.run().value())));
      }
    }
    List<Optional<Long>> found = new ArrayList<>();
    for (Future<Optional<Long>> answer : asked) {
      found.add(answer.get());
    }
    return found;
  }

  /** One that has the runs of even numbers, of version 7.1, and refuses to say too much at once. */
  private OwnerClient dispatcher() throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    return client(server.actualPort());
  }

  private void answer(HttpServerRequest request) {
    questions.add(request.uri());
    String[] wanted = request.query().substring(request.query().indexOf('=') + 1).split(",", -1);
    if (wanted.length > mostAtOnce) {
      request.response().end("x".repeat(HELD + 1));
    } else if (request.path().equals("/definitions")) {
      JobDefinition definition =
          JobDefinition.of("a", List.of(Task.of("main", "noop", settings)), "databricks", settings);
      var versions = List.of(new Defined(new JobVersion(new JobId(7), 1), definition));
      end(request, new DefinedVersions(versions));
    } else {
      end(
          request,
          new FoundRuns(
              Arrays.stream(wanted)
                  .map(Long::valueOf)
                  .filter(id -> id % 2 == 0)
                  .map(id -> new FoundRuns.Found(id, run(id)))
                  .toList()));
    }
  }

  private static void end(HttpServerRequest request, Object answer) {
    request.response().end(Codec.JSON.valueToTree(answer).toString());
  }

  private OwnerClient client(int port) {
    return new OwnerClient(
        vertx.createHttpClient(),
        new HeldBytes(HELD),
        "dispatcher",
        URI.create("http://127.0.0.1:" + port),
        Duration.ofSeconds(10));
  }

  private static RunView run(long id) {
    return new RunView(
        new RunId(id),
        new JobId(7),
        id,
        false,
        RunTrigger.ONE_TIME,
        new RunId(id),
        0,
        Phase.RUNNING,
        null,
        null,
        "",
        Map.of(),
        Map.of(),
        "ana",
        1,
        null,
        Instant.EPOCH,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
