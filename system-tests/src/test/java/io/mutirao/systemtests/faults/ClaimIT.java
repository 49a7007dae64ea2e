package io.mutirao.systemtests.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.launcher.process.Signal;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnFaultStack;
import io.mutirao.systemtests.stack.Outsider;
import io.mutirao.systemtests.stack.Run;
import io.mutirao.systemtests.stack.TopicReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** An offer is a hint; every start is claimed. Here the test itself plays a worker. */
@OnFaultStack
class ClaimIT {

  private static final String OFFERS = "task.offers.default";

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Outsider outsider;

  ClaimIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
    outsider = mutirao.outsider();
  }

  private void signalWorkers(Signal signal) {
    mutirao.stack().signal("worker-1", signal);
    mutirao.stack().signal("worker-2", signal);
  }

  private boolean claim(long attempt, String worker, String id) {
    String body =
        "{\"worker\":\"%s\",\"claims\":[{\"attempt\":%d,\"id\":\"%s\"}]}"
            .formatted(worker, attempt, id);
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/claims".formatted(mutirao.process("run-dispatcher").port()));
    Answer answer =
        Jobs.send(
            HttpRequest.newBuilder(uri)
                .timeout(Jobs.DEADLINE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    for (JsonNode granted : answer.ok().path("granted")) {
      assertThat(granted.asLong()).isEqualTo(attempt);
      return true;
    }
    return false;
  }

  /** Holes A1 and A2. */
  @Test
  void ofManyClaimsForOneAttemptOneIsGrantedAndTheSameClaimGetsTheSameAnswer() {
    var ledger = new Ledger(mutirao);
    var control = mutirao.topic("worker.control").end();
    signalWorkers(Signal.STOP);
    long run;
    long attempt;
    int winner;
    try {
      run = ledger.runPython(0.1);
      attempt = ledger.attemptOf(run);
      List<Boolean> granted = claimsAtOnce(attempt, 16);
      assertThat(granted).containsOnlyOnce(true);
      winner = granted.indexOf(true);

      assertThat(claim(attempt, "hand/" + winner, "claim-" + winner)).as("again").isTrue();
      assertThat(claim(attempt, "hand/" + winner, "another")).as("another claim").isFalse();
      assertThat(claim(attempt, "hand/99", "claim-" + winner)).as("another worker").isFalse();
    } finally {
      signalWorkers(Signal.CONT);
    }

    // Nobody beats for it, and no other worker may have it: it is lost, and was never started.
    Run end = jobs.awaitEnd(run);
    assertThat(end.state()).isEqualTo("TERMINATED FAILED");
    assertThat(end.message()).startsWith("Worker lost: hand/" + winner);
    assertThat(ledger.assertPromisesKept().starts()).isEmpty();

    // Hole A7: what the lost worker still says changes nothing and is answered with StopTask.
    reportLate(attempt, run, "hand/" + winner);
    await("two times StopTask")
        .atMost(Jobs.DEADLINE)
        .until(() -> stopsFor(attempt, control).size() == 2);
    assertThat(jobs.run(run)).isEqualTo(end);
    ledger.assertPromisesKept();
  }

  private List<Boolean> claimsAtOnce(long attempt, int count) {
    List<CompletableFuture<Boolean>> claims =
        IntStream.range(0, count)
            .mapToObj(
                i -> CompletableFuture.supplyAsync(() -> claim(attempt, "hand/" + i, "claim-" + i)))
            .toList();
    return new ArrayList<>(claims.stream().map(CompletableFuture::join).toList());
  }

  private void reportLate(long attempt, long run, String worker) {
    int lane = (int) (run % 4);
    long job = jobs.run(run).job();
    String about =
        "\"attempt\":%d,\"run\":%d,\"job\":%d,\"worker\":\"%s\""
            .formatted(attempt, run, job, worker);
    for (String report :
        List.of(
            "{\"type\":\"TaskStarted\",%s,\"startedAt\":\"2026-01-01T00:00:00Z\"}".formatted(about),
            "{\"type\":\"WorkerBeat\",\"worker\":\"%s\",\"attempts\":[{\"attempt\":%d,\"run\":%d}]}"
                .formatted(worker, attempt, run),
            ("{\"type\":\"TaskEnded\",%s,\"ending\":\"SUCCEEDED\",\"message\":\"\","
                    + "\"endedAt\":\"2026-01-01T00:00:00Z\"}")
                .formatted(about))) {
      outsider.send("task.reports", lane, report, Map.of());
    }
  }

  private List<String> stopsFor(long attempt, TopicReader.Position since) {
    return mutirao.topic("worker.control").since(since).stream()
        .map(record -> new String(record.value(), UTF_8))
        .filter(text -> text.contains("StopTask") && text.contains("\"attempt\":" + attempt + ","))
        .toList();
  }

  /** Holes A1b and A1c: an offer may come any number of times, early and late. */
  @Test
  void anOfferThatComesManyTimesStartsItsAttemptOnce() {
    var ledger = new Ledger(mutirao);
    var before = mutirao.topic(OFFERS).end();
    long run = ledger.runPython(1.5);
    ConsumerRecord<byte[], byte[]> offer = mutirao.topic(OFFERS).since(before).getFirst();

    for (int i = 0; i < 5; i++) {
      repeat(offer, "copy-" + i);
    }
    assertThat(jobs.awaitEnd(run).state()).isEqualTo("TERMINATED SUCCESS");
    for (int i = 0; i < 5; i++) {
      repeat(offer, TopicReader.header(offer, "ce_id"));
    }
    // These offers come after the copies: when they are done, the copies were dealt with.
    for (int i = 0; i < 12; i++) {
      ledger.runPython(0.01);
    }

    assertThat(ledger.assertPromisesKept().starts()).hasSize(13);
  }

  private void repeat(ConsumerRecord<byte[], byte[]> record, String id) {
    outsider.send(
        record.topic(), record.partition(), record.key(), record.value(), Map.of("ce_id", id));
  }

  /** An offer may be ahead of the commit that makes its attempt, by little or by nothing. */
  @Test
  void aClaimThatComesBeforeTheCommitOfItsAttemptIsGrantedAfterIt() throws Exception {
    long some = 9_000_000_000L;
    try (Connection lane = mutirao.database().connect();
        PreparedStatement insert =
            lane.prepareStatement("insert into dispatcher.attempt values (?, 0)")) {
      lane.setAutoCommit(false);
      for (int i = 0; i < 100; i++) {
        long attempt = some + i;
        insert.setLong(1, attempt);
        insert.execute();
        var claim = CompletableFuture.supplyAsync(() -> claim(attempt, "hand/1", "c" + attempt));
        Thread.sleep(i % 10);
        lane.commit();
        assertThat(claim.join()).as("commit after %d ms", i % 10).isTrue();
      }
    }
    assertThat(claim(some + 100, "hand/1", "never")).as("what is never committed").isFalse();
    mutirao.database().execute("delete from dispatcher.attempt where attempt_id >= " + some);
  }

  /** Hole B1: offers are archived, expire, or are lost with the broker's disk. */
  @Test
  void anOfferThatVanishedIsMadeAgain() throws Exception {
    var ledger = new Ledger(mutirao);
    signalWorkers(Signal.STOP);
    long run;
    try {
      run = ledger.runPython(0.1);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", mutirao.kafka()))) {
        admin
            .deleteRecords(Map.of(new TopicPartition(OFFERS, 0), RecordsToDelete.beforeOffset(-1)))
            .all()
            .get();
      }
    } finally {
      signalWorkers(Signal.CONT);
    }

    assertThat(jobs.awaitEnd(run).state()).isEqualTo("TERMINATED SUCCESS");
    ledger.assertPromisesKept();
  }

  /** Hole A10: whatever comes again, however late, of a job that was deleted. */
  @Test
  void lateCopiesOfAllCommandsOfADeletedJobDoNothing() {
    var ledger = new Ledger(mutirao);
    var before = mutirao.topic("run.commands").end();
    long run = ledger.runPython(0.05);
    jobs.awaitEnd(run);
    long job = ledger.python();
    jobs.post("delete", Map.of("job_id", job)).ok();
    await("the job is forgotten")
        .atMost(Jobs.DEADLINE)
        .until(() -> jobs.get("runs/get?run_id=" + run).status() == 400);

    List<ConsumerRecord<byte[], byte[]>> commands =
        mutirao.topic("run.commands").since(before).stream()
            .filter(record -> new String(record.value(), UTF_8).contains("\"job\":" + job + ","))
            .toList();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(2);
    for (ConsumerRecord<byte[], byte[]> command : commands) {
      repeat(command, TopicReader.header(command, "ce_id"));
    }

    // A new job of the same lane is carried out after them.
    long later;
    do {
      later = jobs.create(JobSettings.noop());
    } while (later % 4 != job % 4);
    assertThat(jobs.runToEnd(later).state()).isEqualTo("TERMINATED SUCCESS");
    assertThat(jobs.get("runs/get?run_id=" + run).status()).isEqualTo(400);
    assertThat(jobs.post("run-now", Map.of("job_id", job)).status()).isEqualTo(400);
    assertThat(
            mutirao.database().number("select count(*) from dispatcher.run where job_id = ?", job))
        .isEqualTo(1);
    assertThat(ledger.starts()).hasSize(1);
  }
}
