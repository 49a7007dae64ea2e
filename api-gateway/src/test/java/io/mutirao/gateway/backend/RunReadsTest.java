package io.mutirao.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.DefinedVersions;
import io.mutirao.contracts.job.DefinedVersions.Defined;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobVersion;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.FoundRuns;
import io.mutirao.contracts.run.LaneBatches;
import io.mutirao.contracts.run.ListedRuns;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunTrigger;
import io.mutirao.contracts.run.RunView;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.core.Freshness;
import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How many callers are answered by few questions, and none as it was before he asked. Over real
 * HTTP.
 */
final class RunReadsTest {

  private static final int HELD = 4_000_000;
  private static final Lanes LANES = new Lanes(16);
  private static final Runs.Query OF_JOB_7 = Runs.Query.of(new JobId(7), Runs.Which.ALL, 20);
  private static final Runs.Query OF_ALL_JOBS =
      new Runs.Query(null, Runs.Which.ALL, null, null, null, null, 0, 20);

  private final Vertx vertx = Vertx.vertx();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private final Map<Integer, Long> batches = new ConcurrentHashMap<>(Map.of(7, 1L, 12, 1L));
  private ObjectNode settings = JsonNodeFactory.instance.objectNode();
  private int mostAtOnce = 1_000;

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void oneCallerAloneGetsHisRunAndNothingForWhatIsNotThere() throws Exception {
    RunReads reads = reads();

    assertThat(reads.run(new RunId(12)).map(run -> run.what().run())).contains(new RunId(12));
    assertThat(reads.run(new RunId(13))).isEmpty();
    assertThat(questions)
        .containsExactly("/runs/found?ids=12", "/definitions?versions=7.1", "/runs/found?ids=13");
  }

  @Test
  void manyCallersAtATimeAreAnsweredByFewQuestionsEachWithHisOwnRun() throws Exception {
    assertThat(all(reads(), 300)).containsExactlyElementsOf(evens(300));
    assertThat(questions.stream().filter(question -> question.startsWith("/definitions")))
        .as("one for each question that is on its way, until the first has its answer")
        .hasSizeLessThanOrEqualTo(2);
    assertThat(questions).hasSizeLessThan(100);
  }

  @Test
  void whatIsTooMuchAtOnceIsAskedForOneByOne() throws Exception {
    mostAtOnce = 1;

    assertThat(all(reads(), 60)).containsExactlyElementsOf(evens(60));
  }

  @Test
  void whenTheDispatcherIsAwayEverybodyHearsSo() throws Exception {
    RunReads reads = reads(client(1));

    for (int i = 0; i < 3; i++) {
      assertThat(catchThrowableOfType(Rejected.class, () -> reads.run(new RunId(12))).problem())
          .isInstanceOf(Problem.Away.class);
    }
  }

  @Test
  void aDefinitionIsAskedForOnceForAllRunsOfItsVersion() throws Exception {
    RunReads reads = reads();

    for (long id = 2; id <= 40; id += 2) {
      RunView run = reads.run(new RunId(id)).orElseThrow().what();
      assertThat(run.definition().settings()).isEqualTo(settings);
    }
    assertThat(questions).containsOnlyOnce("/definitions?versions=7.1");
  }

  @Test
  void aListThatWouldBeLargerThanWeCanHoldIsRefused() throws Exception {
    settings.put("description", "x".repeat(HELD / 3));
    RunReads reads = reads();

    assertThat(reads.run(new RunId(12))).isPresent();
    assertThat(catchThrowableOfType(Rejected.class, () -> reads.page(OF_JOB_7)).problem())
        .isInstanceOf(Problem.Invalid.class);
  }

  @Test
  void whileNothingHappensInItsLaneARunIsNotReadAgain() throws Exception {
    RunReads reads = reads();
    RunView first = one(reads, 12);
    questions.clear();

    assertThat(one(reads, 12)).isSameAs(first);
    batches.merge(7, 1L, Long::sum);
    assertThat(one(reads, 12)).isSameAs(first);
    assertThat(questions).containsExactly("/lanes", "/lanes");
  }

  @Test
  void whenItsLaneHasMovedARunIsReadAgain() throws Exception {
    RunReads reads = reads();
    RunView first = one(reads, 12);
    questions.clear();

    batches.merge(12, 1L, Long::sum);
    assertThat(one(reads, 12)).isNotSameAs(first);
    assertThat(questions).containsExactly("/lanes", "/runs/found?ids=12");
  }

  @Test
  void aLaneThatIsKnownToHaveMovedIsNotAskedAbout() throws Exception {
    RunReads reads = reads();
    reads.run(new RunId(12));
    batches.merge(12, 1L, Long::sum);
    reads.run(new RunId(14));
    questions.clear();

    reads.run(new RunId(12));
    assertThat(questions).containsExactly("/runs/found?ids=12");
  }

  @Test
  void aListIsReadAgainWhenALaneOfItsRunsHasMoved() throws Exception {
    RunReads reads = reads();
    RunPage ofJob = reads.page(OF_JOB_7).what();
    RunPage ofAll = reads.page(OF_ALL_JOBS).what();

    assertThat(reads.page(OF_JOB_7).what()).isSameAs(ofJob);
    assertThat(reads.page(OF_ALL_JOBS).what()).isSameAs(ofAll);
    batches.merge(12, 1L, Long::sum);
    assertThat(reads.page(OF_JOB_7).what()).isSameAs(ofJob);
    assertThat(reads.page(OF_ALL_JOBS).what()).isNotSameAs(ofAll);
    batches.merge(7, 1L, Long::sum);
    assertThat(reads.page(OF_JOB_7).what()).isNotSameAs(ofJob);
  }

  @Test
  void aLaneThatNobodyKnowsOfMayAlwaysHaveMoved() throws Exception {
    RunReads reads = reads();
    RunView first = one(reads, 2);

    assertThat(one(reads, 2)).isNotSameAs(first);
  }

  @Test
  void whatIsTooMuchToRememberIsReadAgain() throws Exception {
    settings.put("description", "x".repeat(HELD / 3));
    RunReads reads = reads();
    RunView first = one(reads, 12);

    assertThat(one(reads, 12)).isNotSameAs(first);
  }

  @Test
  void whetherItIsStillSoIsAskedForAllWhoWaitAtOnce() throws Exception {
    RunReads reads = reads();
    Freshness run = reads.run(new RunId(12)).orElseThrow().freshness();
    Freshness page = reads.page(OF_JOB_7).freshness();
    questions.clear();

    assertThat(fresh(Collections.nCopies(300, run))).containsOnly(true).hasSize(300);
    assertThat(questions).containsOnly("/lanes").hasSizeLessThan(100);
    batches.merge(12, 1L, Long::sum);
    assertThat(fresh(List.of(run, page, run))).containsExactly(false, true, false);
    batches.merge(7, 1L, Long::sum);
    assertThat(fresh(List.of(run, page))).containsExactly(false, false);
  }

  @Test
  void whenTheDispatcherIsAwayNothingIsKnownToBeSoStill() throws Exception {
    OwnerClient client = client(1);
    LaneWatch watch = new LaneWatch(LANES, client, vertx);
    LaneBatches then = new LaneBatches(batches);
    watch.heard(then);

    assertThat(fresh(List.of(told -> watch.ask(then, new RunId(12), told)))).containsExactly(false);
  }

  @Test
  void aDispatcherWhoKeepsSilentKeepsNobodyWaitingForEver() throws Exception {
    LaneWatch watch =
        new LaneWatch(LANES, client(listening(_ -> {}), Duration.ofMillis(300)), vertx);
    LaneBatches then = new LaneBatches(batches);
    watch.heard(then);
    Freshness silence =
        told -> {
          watch.heard(then);
          watch.ask(then, new RunId(12), told);
        };

    for (int question = 0; question < 4; question++) {
      assertThat(fresh(List.of(silence))).containsExactly(false);
    }
  }

  private static List<Boolean> fresh(List<Freshness> all) throws Exception {
    List<CompletableFuture<Boolean>> told = new ArrayList<>();
    for (Freshness one : all) {
      CompletableFuture<Boolean> fresh = new CompletableFuture<>();
      one.ask(fresh::complete);
      told.add(fresh);
    }
    List<Boolean> answers = new ArrayList<>();
    for (CompletableFuture<Boolean> fresh : told) {
      answers.add(fresh.get(60, TimeUnit.SECONDS));
    }
    return answers;
  }

  private static RunView one(RunReads reads, long id) throws Rejected {
    return reads.run(new RunId(id)).orElseThrow().what();
  }

  private static List<Optional<Long>> evens(int count) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(id -> id % 2 == 0 ? Optional.of(id) : Optional.<Long>empty())
        .toList();
  }

  private static List<Optional<Long>> all(RunReads reads, int count) throws Exception {
    List<Future<Optional<Long>>> asked = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long id = 1; id <= count; id++) {
        long wanted = id;
        asked.add(
            callers.submit(
                () -> reads.run(new RunId(wanted)).map(run -> run.what().run().value())));
      }
    }
    List<Optional<Long>> found = new ArrayList<>();
    for (Future<Optional<Long>> answer : asked) {
      found.add(answer.get());
    }
    return found;
  }

  /** One that has the runs of even numbers, of version 7.1, and refuses to say too much at once. */
  private RunReads reads() throws Exception {
    return reads(client(listening(this::answer)));
  }

  private int listening(Handler<HttpServerRequest> answers) throws Exception {
    return vertx
        .createHttpServer()
        .requestHandler(answers)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS)
        .actualPort();
  }

  private RunReads reads(OwnerClient client) {
    return new RunReads(new Owners(client, client, client), new HeldBytes(HELD), LANES, vertx);
  }

  private void answer(HttpServerRequest request) {
    questions.add(request.uri());
    LaneBatches lanes = new LaneBatches(batches);
    if (request.path().equals("/lanes")) {
      end(request, lanes);
      return;
    }
    if (request.path().equals("/runs")) {
      end(
          request,
          new ListedRuns(
              new RunPage(List.of(run(12), run(28), run(44), run(60)), null, null), lanes));
      return;
    }
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
                  .toList(),
              lanes));
    }
  }

  private static void end(HttpServerRequest request, Object answer) {
    request.response().end(Codec.JSON.valueToTree(answer).toString());
  }

  private OwnerClient client(int port) {
    return client(port, Duration.ofSeconds(10));
  }

  private OwnerClient client(int port, Duration timeout) {
    return new OwnerClient(
        vertx.createHttpClient(),
        new HeldBytes(HELD),
        "dispatcher",
        URI.create("http://127.0.0.1:" + port),
        timeout);
  }

  static RunView run(long id) {
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
