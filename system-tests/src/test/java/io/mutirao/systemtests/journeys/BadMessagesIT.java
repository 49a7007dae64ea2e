package io.mutirao.systemtests.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.contracts.id.Lanes;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Outsider;
import io.mutirao.systemtests.stack.TopicReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What cannot be read or carried out becomes a dead letter that says why and where it stood, and
 * the lane goes on: one poison message never stops it.
 */
@OnJourneyStack(deadLetters = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadMessagesIT {

  private static final int LANES = 4;
  private static final String DEFINITION =
      "\"maxConcurrentRuns\":1,\"timeoutSeconds\":0,\"pool\":\"default\","
          + "\"dialect\":\"databricks\",\"settings\":{}";

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Outsider outsider;
  private final Map<Integer, Long> jobByLane = new HashMap<>();

  BadMessagesIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
    outsider = mutirao.outsider();
  }

  @BeforeAll
  void createAJobInEachLane() {
    while (jobByLane.size() < LANES) {
      long job = jobs.create(JobSettings.noop().atMost(1_000));
      jobByLane.putIfAbsent((int) (job % LANES), job);
    }
  }

  private void assertTheLaneGoesOn(int lane) {
    assertThat(jobs.runToEnd(jobByLane.get(lane)).state()).isEqualTo("TERMINATED SUCCESS");
  }

  /** A message that somebody should not have written. */
  record Bad(String name, String topic, byte @Nullable [] value, Map<String, String> headers) {

    static Bad of(String topic, String value) {
      String name = value.length() > 70 ? value.substring(0, 70) + "…" : value;
      return new Bad(topic + " " + name, topic, value.getBytes(UTF_8), Map.of());
    }

    static Bad id(String name, String id) {
      // A job that does not exist is refused, and the refusal is kept under this id.
      byte[] value = "{\"type\":\"RunJob\",\"job\":4000000002,\"by\":\"b\"}".getBytes(UTF_8);
      return new Bad(name, "run.commands", value, Map.of("ce_id", id));
    }

    /** An id of that lane, where the id decides: else the message is forwarded first. */
    Map<String, String> headers(int lane) {
      if (!headers.isEmpty() || !topic.equals("job.commands")) {
        return headers;
      }
      return Stream.generate(() -> UUID.randomUUID().toString())
          .filter(id -> new Lanes(LANES).of(id) == lane)
          .findFirst()
          .map(id -> Map.of("ce_id", id))
          .orElseThrow();
    }

    String service() {
      return topic.equals("job.commands") ? "job-registry" : "run-dispatcher";
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static String randomText(int length) {
    var random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('!' + random.nextInt(94)));
    }
    return text.toString();
  }

  static Stream<Bad> badMessages() {
    String run = "run.commands";
    String job = "job.commands";
    String report = "task.reports";
    return Stream.of(
        new Bad("no value", run, null, Map.of()),
        new Bad("not UTF-8", run, "{\"type\":\"Run\u00ffJob\"}".getBytes(ISO_8859_1), Map.of()),
        Bad.of(run, ""),
        Bad.of(run, "not json"),
        Bad.of(run, "[]"),
        Bad.of(run, "5"),
        Bad.of(run, "null"),
        Bad.of(run, "{}"),
        Bad.of(run, "{\"type\":5}"),
        Bad.of(run, "{\"type\":\"Nonsense\"}"),
        Bad.of(run, "{\"type\":\"CreateJob\"}"),
        Bad.of(run, "{\"type\":\"RunJob\"}"),
        Bad.of(run, "{\"type\":\"RunJob\",\"job\":2}"),
        Bad.of(run, "{\"type\":\"RunJob\",\"job\":\"x\",\"by\":\"b\"}"),
        Bad.of(run, "{\"type\":\"RunJob\",\"job\":0,\"by\":\"b\"}"),
        Bad.of(run, "{\"type\":\"RunJob\",\"job\":-2,\"by\":\"b\"}"),
        Bad.of(run, "{\"type\":\"RunJob\",\"job\":9007199254740992,\"by\":\"b\"}"),
        Bad.of(run, "{\"type\":\"RunJob\",\"job\":1.5,\"by\":\"b\"}"),
        Bad.of(run, "{\"type\":\"RunJob\",\"job\":2,\"by\":\"b\",\"parameters\":5}"),
        Bad.of(
            run,
            "{\"type\":\"RunJob\",\"job\":2,\"by\":\"b\",\"token\":\"" + "x".repeat(65) + "\"}"),
        Bad.of(run, "{\"type\":\"RunJob\",\"job\":2,\"by\":\"b\",\"token\":\"a\\u0000b\"}"),
        Bad.of(run, "{\"type\":\"CancelRun\",\"by\":\"b\"}"),
        Bad.of(run, "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000)),
        Bad.of(run, "{\"type\":\"RunJob\",\"job\":2,\"by\":\"b\"} and more"),
        Bad.id("an id with NUL", "a\u0000b"),
        Bad.id("an id of 10,000 characters", randomText(10_000)),
        Bad.of(job, "not json"),
        Bad.of(job, "{\"type\":\"CreateJob\",\"by\":\"b\"}"),
        Bad.of(job, "{\"type\":\"CreateJob\",\"by\":\"b\",\"definition\":{" + DEFINITION + "}}"),
        Bad.of(
            job,
            "{\"type\":\"CreateJob\",\"by\":\"b\",\"definition\":{\"name\":\"n\",\"tasks\":[],"
                + DEFINITION
                + "}}"),
        Bad.of(
            job,
            "{\"type\":\"CreateJob\",\"by\":\"b\",\"definition\":{\"name\":\"a\\u0000\",\"tasks\":"
                + "[{\"key\":\"main\",\"kind\":\"noop\",\"spec\":{}}],"
                + DEFINITION
                + "}}"),
        Bad.of(report, "not json"),
        Bad.of(report, "{\"type\":\"WorkerBeat\",\"worker\":\"w/1\",\"attempts\":[]}"),
        Bad.of(
            report,
            "{\"type\":\"TaskEnded\",\"attempt\":1,\"run\":1,\"job\":1,\"worker\":\"w/1\","
                + "\"ending\":\"WELL\",\"message\":\"\",\"endedAt\":\"2026-01-01T00:00:00Z\"}"),
        Bad.of(
            report,
            "{\"type\":\"TaskStarted\",\"attempt\":1,\"run\":1,\"job\":1,\"worker\":\"w/1\","
                + "\"startedAt\":\"yesterday\"}"));
  }

  @ParameterizedTest
  @MethodSource("badMessages")
  void whatCannotBeReadBecomesADeadLetterAndTheLaneGoesOn(Bad bad) {
    int lane = 2;
    double metricBefore = mutirao.metric(bad.service(), "mutirao_dead_letters_total");
    var before = mutirao.topic("dead.letters").end();

    RecordMetadata sent = outsider.send(bad.topic(), lane, null, bad.value(), bad.headers(lane));

    ConsumerRecord<byte[], byte[]> letter =
        await("the dead letter of " + sent)
            .atMost(Jobs.DEADLINE)
            .until(() -> letterOf(sent, before), Optional::isPresent)
            .orElseThrow();
    assertThat(TopicReader.header(letter, "mutirao_reason")).isNotBlank().doesNotContain("\n");
    assertThat(letter.value()).isEqualTo(bad.value() == null ? new byte[0] : bad.value());
    assertThat(mutirao.metric(bad.service(), "mutirao_dead_letters_total"))
        .isGreaterThan(metricBefore);
    assertTheLaneGoesOn(lane);
  }

  private Optional<ConsumerRecord<byte[], byte[]>> letterOf(
      RecordMetadata sent, TopicReader.Position before) {
    return mutirao.topic("dead.letters").since(before).stream()
        .filter(letter -> TopicReader.header(letter, "mutirao_topic").equals(sent.topic()))
        .filter(letter ->
            TopicReader.header(letter, "mutirao_partition")
                .equals(Integer.toString(sent.partition())))
        .filter(letter ->
            TopicReader.header(letter, "mutirao_offset").equals(Long.toString(sent.offset())))
        .findFirst();
  }

  /** Hole A5: whatever cannot be produced must not hold up what follows. */
  @ParameterizedTest
  @MethodSource("impossibleAddresses")
  void anAnswerThatCannotBeSentHoldsNobodyUp(String replyTo) {
    long job = jobByLane.get(1);
    outsider.send(
        "run.commands",
        1,
        "{\"type\":\"RunJob\",\"job\":%d,\"by\":\"b\"}".formatted(job),
        Map.of("ce_id", UUID.randomUUID().toString(), "mutirao_reply_to", replyTo));

    assertTheLaneGoesOn(1);
  }

  static List<String> impossibleAddresses() {
    return List.of(
        "no.such.topic", "no such topic!", "replies/999", "/", "", "x".repeat(1_000), "replies/-1");
  }

  @Test
  void reportsOfAttemptsThatNeverWereChangeNothing() {
    for (String report :
        List.of(
            "{\"type\":\"TaskStarted\",\"attempt\":4000000003,\"run\":4000000003,\"job\":3,"
                + "\"worker\":\"w/1\",\"startedAt\":\"2026-01-01T00:00:00Z\"}",
            "{\"type\":\"TaskEnded\",\"attempt\":4000000003,\"run\":4000000003,\"job\":3,"
                + "\"worker\":\"w/1\",\"ending\":\"SUCCEEDED\",\"message\":\"\","
                + "\"endedAt\":\"2026-01-01T00:00:00Z\"}",
            "{\"type\":\"WorkerBeat\",\"worker\":\"w/1\","
                + "\"attempts\":[{\"attempt\":4000000003,\"run\":4000000003}]}")) {
      outsider.send("task.reports", 3, report, Map.of());
    }

    assertTheLaneGoesOn(3);
    assertThat(jobs.get("runs/get?run_id=4000000003").status()).isEqualTo(400);
  }

  @Test
  void aMessageOfFifteenMegabytesHoldsNobodyUp() {
    String big = "x".repeat(15 << 20);
    outsider.send(
        "job.commands",
        0,
        "{\"type\":\"CreateJob\",\"by\":\"b\",\"definition\":{\"name\":\"big\",\"tasks\":[{\"key\":\"main\","
            + "\"kind\":\"noop\",\"spec\":{\"text\":\""
            + big
            + "\"}}],"
            + DEFINITION
            + "}}",
        Map.of("ce_id", UUID.randomUUID().toString()));

    assertTheLaneGoesOn(0);
    long job = jobs.create(JobSettings.noop());
    assertThat(jobs.runToEnd(job).state()).isEqualTo("TERMINATED SUCCESS");
  }
}
