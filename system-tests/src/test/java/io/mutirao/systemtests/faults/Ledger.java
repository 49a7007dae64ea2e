package io.mutirao.systemtests.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mutirao.systemtests.faults.Evidence.Event;
import io.mutirao.systemtests.faults.Evidence.Row;
import io.mutirao.systemtests.faults.Evidence.Start;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.Run;
import io.mutirao.systemtests.stack.Scripts;
import io.mutirao.systemtests.stack.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Keeps book of what was accepted, for jobs of its own: one whose script leaves a witness line when
 * it starts, and some that do nothing, one of which queues and one of which has several tasks.
 * Every request carries a token and is repeated until it is answered, as a client would.
 */
final class Ledger {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One outage may follow the other while a caller asks. */
  private static final Duration OUTAGES = Jobs.DEADLINE.multipliedBy(4);

  /** Runs at a time of the job that queues. */
  static final int QUEUED_AT_MOST = 2;

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Path witness;
  private final TopicReader.Position eventsBefore;
  private final long python;
  private final long noop;
  private final long queued;
  private final long graph;
  private final Set<Long> accepted = ConcurrentHashMap.newKeySet();

  Ledger(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
    witness = mutirao.scripts().newFile(".witness");
    eventsBefore = mutirao.topic("run.events").end();
    Path script = mutirao.scripts().witnessed(witness);
    python = create(JobSettings.python(script, "0.1").atMost(1_000));
    noop = create(JobSettings.noop().atMost(1_000));
    queued =
        create(JobSettings.noop().atMost(QUEUED_AT_MOST).with("queue", Map.of("enabled", true)));
    graph =
        create(
            new JobSettings(
                Map.of(
                    "max_concurrent_runs",
                    1_000,
                    "tasks",
                    List.of(task("a"), task("b", "a"), task("c", "a"), task("d", "b", "c")))));
  }

  private static Map<String, Object> task(String key, String... upstream) {
    return Map.of(
        "task_key",
        key,
        "existing_cluster_id",
        "default",
        "noop_task",
        Map.of(),
        "max_retries",
        1,
        "depends_on",
        Stream.of(upstream).map(other -> Map.of("task_key", other)).toList());
  }

  private List<Long> all() {
    return List.of(python, noop, queued, graph);
  }

  /** The stack may still be recovering from the test before. */
  private long create(JobSettings settings) {
    return awaitAnswer("create", settings.fields()).ok().path("job_id").asLong();
  }

  private Answer awaitAnswer(String path, Map<String, Object> request) {
    return await("an answer to " + path + " " + request)
        .atMost(OUTAGES)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(Jobs.NoAnswer.class)
        .until(
            () -> jobs.post(path, request),
            answer -> answer.status() < 500 && answer.status() != 429);
  }

  /** A run whose script works for that long. */
  long runPython(double seconds) {
    return accept(request(python, seconds));
  }

  long runNoop() {
    return accept(Jobs.request(noop, UUID.randomUUID().toString()));
  }

  long runQueued() {
    return accept(Jobs.request(queued, UUID.randomUUID().toString()));
  }

  long runGraph() {
    return accept(Jobs.request(graph, UUID.randomUUID().toString()));
  }

  /** A run of each job; the jobs were made one after the other, so each is in another lane. */
  void runOneOfEach() {
    runPython(0.05);
    runNoop();
    runQueued();
    runGraph();
  }

  long queued() {
    return queued;
  }

  /** Cancels one of the last that were accepted. */
  void cancelOne() {
    accepted.stream().max(Long::compare).ifPresent(this::cancel);
  }

  void cancel(long run) {
    awaitAnswer("runs/cancel", Map.of("run_id", run)).ok();
  }

  Map<String, Object> pythonRequest(double seconds) {
    return request(python, seconds);
  }

  private static Map<String, Object> request(long job, double seconds) {
    Map<String, Object> request = Jobs.request(job, UUID.randomUUID().toString());
    request.put("python_params", List.of(Double.toString(seconds)));
    return request;
  }

  /** Asks until there is an answer. */
  long accept(Map<String, Object> request) {
    long run = awaitAnswer("run-now", request).ok().path("run_id").asLong();
    accepted.add(run);
    return run;
  }

  int size() {
    return accepted.size();
  }

  long python() {
    return python;
  }

  /** Whether the script of that attempt has been started. */
  boolean isStarted(long attempt) {
    return starts().stream().anyMatch(start -> start.attempt() == attempt);
  }

  List<Start> starts() {
    return Scripts.read(witness)
        .lines()
        .map(line -> line.split(" "))
        .map(words -> new Start(Long.parseLong(words[0]), Long.parseLong(words[1])))
        .toList();
  }

  /** The attempt of a run. */
  long attemptOf(long run) {
    return mutirao.database().number("select attempt_id from dispatcher.run where run_id = ?", run);
  }

  /** Waits until all is over, and says what all sides know then. */
  Evidence evidence() {
    awaitTheEndOfAll();
    Map<Long, Row> rows = rows();
    Map<Long, String> api = new HashMap<>();
    for (Run run : allRuns()) {
      api.put(run.id(), run.state());
    }
    List<Event> events =
        mutirao.topic("run.events").since(eventsBefore).stream()
            .map(Ledger::event)
            .filter(event -> rows.containsKey(event.run()))
            .toList();
    return new Evidence(new HashSet<>(accepted), api, rows, events, starts());
  }

  private void awaitTheEndOfAll() {
    await("the end of all runs of jobs " + all())
        .atMost(Jobs.DEADLINE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(Jobs.NoAnswer.class)
        .until(() ->
            all().stream()
                .map(job -> jobs.get("runs/list?active_only=true&limit=1&job_id=" + job))
                .allMatch(a -> a.status() == 200 && a.json().path("runs").isEmpty()));
    // The events leave after the commit that REST shows.
    await("the final events")
        .atMost(Jobs.DEADLINE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          Set<Long> ended = new HashSet<>();
          mutirao.topic("run.events").since(eventsBefore).stream()
              .map(Ledger::event)
              .filter(Event::isFinal)
              .forEach(event -> ended.add(event.run()));
          return ended.containsAll(rows().keySet());
        });
  }

  private List<Run> allRuns() {
    List<Run> all = new ArrayList<>();
    for (long job : all()) {
      JsonNode page;
      int offset = 0;
      do {
        page = jobs.get("runs/list?limit=500&offset=%d&job_id=%d".formatted(offset, job)).ok();
        page.path("runs").forEach(run -> all.add(new Run(run)));
        offset += 500;
      } while (page.path("has_more").asBoolean());
    }
    return all;
  }

  private Map<Long, Row> rows() {
    Map<Long, Row> rows = new HashMap<>();
    mutirao
        .database()
        .list(
            """
            select run_id, job_id, number_in_job, phase, result, sequence, attempt_id
              from dispatcher.run
             where job_id in (?, ?, ?, ?)
            """,
            row ->
                rows.put(
                    row.getLong("run_id"),
                    new Row(
                        row.getLong("job_id"),
                        row.getLong("number_in_job"),
                        row.getString("phase"),
                        row.getString("result"),
                        row.getInt("sequence"),
                        row.getObject("attempt_id", Long.class),
                        row.getLong("job_id") == python)),
            all().toArray());
    return rows;
  }

  private static Event event(ConsumerRecord<byte[], byte[]> record) {
    try {
      JsonNode json = JSON.readTree(record.value());
      return new Event(
          TopicReader.header(record, "ce_id"),
          json.path("run").asLong(),
          json.path("repair").asInt(),
          json.path("sequence").asInt(),
          json.path("type").asText(),
          json.path("result").asText(""),
          new String(record.value(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end of all runs and holds them against the promises. */
  Evidence assertPromisesKept() {
    Evidence evidence = evidence();
    assertThat(Checker.violations(evidence)).isEmpty();
    return evidence;
  }
}
