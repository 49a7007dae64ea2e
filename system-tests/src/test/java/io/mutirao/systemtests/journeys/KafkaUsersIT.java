package io.mutirao.systemtests.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.systemtests.stack.Core;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Outsider;
import io.mutirao.systemtests.stack.Run;
import io.mutirao.systemtests.stack.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who talks to Mutirão over Kafka: with nothing but JSON, and whatever partitioner he has. */
@OnJourneyStack
class KafkaUsersIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LANES = 4;

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Outsider outsider;

  KafkaUsersIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
    outsider = mutirao.outsider();
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private static String runJob(long job) {
    return "{\"type\":\"RunJob\",\"job\":%d,\"by\":\"somebody\"}".formatted(job);
  }

  private static JsonNode read(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode awaitReply(String topic, String command) {
    return await("the answer to " + command)
        .atMost(Jobs.DEADLINE)
        .until(() -> reply(topic, command), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<JsonNode> reply(String topic, String command) {
    return mutirao.topic(topic).since(TopicReader.Position.START).stream()
        .map(record -> read(record.value()))
        .filter(reply -> reply.path("command").asText().equals(command))
        .findFirst();
  }

  @Test
  void aJobIsCreatedAndRunOverKafkaAndTheAnswersComeToATopicOfMyOwn() {
    String answers = "answers." + newId();
    outsider.createTopic(answers);
    String create = newId();
    outsider.send(
        "job.commands",
        null,
        """
        {"type": "CreateJob", "by": "somebody",
         "definition": {"name": "of my own", "maxConcurrentRuns": 1, "timeoutSeconds": 0,
           "pool": "default", "dialect": "databricks",
           "tasks": [{"key": "main", "kind": "noop", "spec": {}}],
           "settings": {"noop_task": {}, "existing_cluster_id": "default"}}}
        """,
        Map.of("ce_id", create, "mutirao_reply_to", answers));
    JsonNode created = awaitReply(answers, create);
    assertThat(created.path("type").asText()).isEqualTo("Accepted");

    String run = newId();
    outsider.send(
        "run.commands",
        null,
        runJob(created.path("job").asLong()),
        Map.of("ce_id", run, "mutirao_reply_to", answers));
    JsonNode accepted = awaitReply(answers, run);

    Run end = jobs.awaitEnd(accepted.path("run").asLong());
    assertThat(end.state()).isEqualTo("TERMINATED SUCCESS");
    assertThat(end.json().path("creator_user_name").asText()).isEqualTo("somebody");
    assertThat(accepted.path("numberInJob").asLong()).isEqualTo(1);
  }

  /** Hole A12: a key hashes to other partitions with other clients. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aCommandOnAnyPartitionIsCarriedOutOnce(int partition) {
    long job = jobs.create(JobSettings.noop().atMost(100));
    outsider.send("run.commands", partition, runJob(job), Map.of("ce_id", newId()));

    Run run = awaitOnlyRun(job);

    assertThat(jobs.awaitEnd(run.id()).state()).isEqualTo("TERMINATED SUCCESS");
    assertThat(jobs.runsOf(job)).hasSize(1);
  }

  @Test
  void oneCommandIdGivesOneRunOnWhicheverPartitionsItComes() {
    long job = jobs.create(JobSettings.noop().atMost(100));
    String id = newId();

    for (int partition = 0; partition < LANES; partition++) {
      outsider.send("run.commands", partition, runJob(job), Map.of("ce_id", id));
      outsider.send("run.commands", partition, runJob(job), Map.of("ce_id", id));
    }
    Run first = awaitOnlyRun(job);
    // All of these were read when one that came after them, in each partition, was carried out.
    for (int partition = 0; partition < LANES; partition++) {
      outsider.send("run.commands", partition, runJob(job), Map.of("ce_id", newId()));
    }

    await("the later runs").atMost(Jobs.DEADLINE).until(() -> jobs.runsOf(job).size() >= 1 + LANES);
    assertThat(jobs.runsOf(job)).hasSize(1 + LANES);
    assertThat(jobs.runsOf(job).getLast().id()).isEqualTo(first.id());
  }

  private Run awaitOnlyRun(long job) {
    return await("the run of job " + job)
        .atMost(Jobs.DEADLINE)
        .until(() -> jobs.runsOf(job), runs -> runs.size() == 1)
        .getFirst();
  }

  /** Hole A5: no topic can have that name, so no offer can be sent there. */
  @Test
  void aJobOfAPoolThatDoesNotExistGoesToTheDefaultPool() {
    long job = jobs.create(JobSettings.noop().with("existing_cluster_id", "no such/pool!"));

    assertThat(jobs.runToEnd(job).state()).isEqualTo("TERMINATED SUCCESS");
  }

  @Test
  void aCommandWithoutAnIdIsCarriedOutToo() {
    long job = jobs.create(JobSettings.noop());

    outsider.send("run.commands", null, runJob(job), Map.of());

    assertThat(jobs.awaitEnd(awaitOnlyRun(job).id()).state()).isEqualTo("TERMINATED SUCCESS");
  }

  @Test
  void aCommandForAnUnknownJobIsRefusedForEverUnderThatId() {
    String answers = "answers." + newId();
    outsider.createTopic(answers);
    String id = newId();
    Map<String, String> headers = Map.of("ce_id", id, "mutirao_reply_to", answers);

    outsider.send("run.commands", null, runJob(4_000_000_000L), headers);
    outsider.send("run.commands", null, runJob(4_000_000_000L), headers);

    JsonNode refused = awaitReply(answers, id);
    assertThat(refused.path("type").asText()).isEqualTo("Refused");
    assertThat(refused.path("reason").asText()).isEqualTo("UNKNOWN_JOB");
    await("the second answer")
        .atMost(Jobs.DEADLINE)
        .until(() -> mutirao.topic(answers).since(TopicReader.Position.START).size() == 2);
    assertThat(mutirao.topic(answers).since(TopicReader.Position.START))
        .allSatisfy(record -> assertThat(read(record.value())).isEqualTo(refused));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CancelRun", "DeleteRun"})
  void whatIsAskedAgainOfARunThatDoesNotExistIsRefusedAgainAndItsLaneGoesOn(String type) {
    Core core = new Core(mutirao);
    ObjectNode command = Core.command(type).put("run", 4_000_000_000L);
    String id = newId();

    JsonNode refused = core.ask("run.commands", command, id);
    core.send("run.commands", null, command, id);

    await("the second answer").atMost(Jobs.DEADLINE).until(() -> core.answers(id).size() == 2);
    assertThat(refused.path("reason").asText()).isEqualTo("UNKNOWN_RUN");
    assertThat(core.answers(id)).containsOnly(refused);
  }

  /**
   * A calm lane presumes that a command is new: nobody answers it otherwise for that, not once and
   * not in the batch in which it is found out.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasAnsweredIsAnsweredAgainBySomebodyWhoHadNotLooked(boolean refused) {
    Core core = new Core(mutirao);
    ObjectNode run = Core.command("RunJob");
    ObjectNode first = run.deepCopy();
    if (refused) {
      first.putArray("only").add("no such task");
    }
    double before = lanesThatPresumed();
    await("a lane that had presumed")
        .atMost(Jobs.DEADLINE)
        .until(() -> {
          long job = jobs.create(JobSettings.noop().atMost(100));
          String id = newId();
          JsonNode answer = core.ask("run.commands", first.put("job", job), id);
          assertThat(answer.path("type").asText()).isEqualTo(refused ? "Refused" : "Accepted");

          core.send("run.commands", null, run.put("job", job), id);
          await("the second answer")
              .atMost(Jobs.DEADLINE)
              .until(() -> core.answers(id).size() == 2);

          assertThat(core.answers(id)).containsOnly(answer);
          assertThat(jobs.runsOf(job)).hasSize(refused ? 0 : 1);
          return lanesThatPresumed() > before;
        });
  }

  private double lanesThatPresumed() {
    return mutirao.metric(
        "run-dispatcher", "mutirao_lane_takeovers_total{reason=\"presumed wrongly\"}");
  }

  @Test
  void theEventsOfARunComeInOrderWithoutGapsAndEndWithOneFinalOne() {
    var before = mutirao.topic("run.events").end();
    long job = jobs.create(JobSettings.noop());
    Run run = jobs.runToEnd(job);

    List<JsonNode> events =
        await("the final event of run " + run.id())
            .atMost(Jobs.DEADLINE)
            .until(
                () -> eventsOf(run.id(), before), all -> !all.isEmpty() && isFinal(all.getLast()));

    assertThat(events.stream().map(event -> event.path("sequence").asInt()))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(events).allMatch(event -> event.path("repair").asInt(-1) == 0);
    assertThat(events.stream().map(event -> event.path("type").asText()))
        .containsExactly("RunQueued", "RunStarted", "RunFinished");
    assertThat(events.getLast().path("result").asText()).isEqualTo("SUCCEEDED");
  }

  private List<JsonNode> eventsOf(long run, TopicReader.Position since) {
    return mutirao.topic("run.events").since(since).stream()
        .filter(record -> new String(record.key(), UTF_8).equals(Long.toString(run)))
        .map(record -> read(record.value()))
        .toList();
  }

  private static boolean isFinal(JsonNode event) {
    return event.path("type").asText().equals("RunFinished");
  }

  @Test
  void anEventCarriesTheHeadersOfCloudEvents() {
    var before = mutirao.topic("job.events").end();
    long job = jobs.create(JobSettings.noop());

    var record =
        await("the event of job " + job)
            .atMost(Jobs.DEADLINE)
            .until(
                () ->
                    mutirao.topic("job.events").since(before).stream()
                        .filter(r -> read(r.value()).path("job").asLong() == job)
                        .findFirst(),
                Optional::isPresent)
            .orElseThrow();

    assertThat(TopicReader.header(record, "ce_type")).isEqualTo("io.mutirao.JobCreated");
    assertThat(TopicReader.header(record, "ce_id")).isNotEmpty();
    assertThat(TopicReader.header(record, "ce_source")).isEqualTo("job-registry");
    assertThat(TopicReader.header(record, "ce_specversion")).isEqualTo("1.0");
    assertThat(TopicReader.header(record, "ce_time")).isNotEmpty();
    assertThat(read(record.value()).path("version").asLong()).isEqualTo(1);
  }
}
