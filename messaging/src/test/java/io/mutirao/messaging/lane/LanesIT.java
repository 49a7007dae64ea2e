package io.mutirao.messaging.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.contracts.topic.Headers;
import io.mutirao.messaging.RealStack;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Records;
import io.mutirao.messaging.lane.Trial.Started;
import io.mutirao.messaging.lane.UnsureDatabase.Lost;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What lanes promise, on a real broker and a real database. Each fact has topics and tables of its
 * own and is mostly waiting, so some run side by side; but for the one that kills the database.
 */
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(
    value = "database",
    mode = ResourceAccessMode.READ,
    target = ResourceLockTarget.CHILDREN)
final class LanesIT {

  private static RealStack stack;
  private Trial trial;

  @BeforeAll
  static void startStack() throws Exception {
    stack = new RealStack();
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  @AfterAll
  static void stopStack() throws Exception {
    stack.close();
  }

  @BeforeEach
  void begin() throws Exception {
    trial = new Trial(stack);
  }

  @AfterEach
  void end() throws Exception {
    trial.close();
  }

  @Test
  void eachInputChangesStateOnceAndIsToldAndAnswered() throws Exception {
    String[] names = names("n", 200);
    trial.start(trial.handler());

    trial.send(names);
    trial.send(1, "last", "replies/2");

    await().until(() -> trial.applied().size() >= names.length + 1);
    await().until(() -> trial.replyTo("last").isPresent());
    assertThat(trial.replyTo("last").get()).isInstanceOf(Accepted.class);
    assertThat(trial.applied()).contains(names).doesNotHaveDuplicates();
    assertThat(trial.told()).hasSize(names.length + 1);
  }

  @Test
  void aFaultOfTheSchemaIsWaitedForAndSetsNoInputAside() throws Exception {
    String[] names = names("n", 20);
    Started started = trial.start(trial.handler());
    await().until(() -> started.runner().ready());
    trial.execute("alter table applied rename to gone");

    trial.send(names);
    double before = started.counter("mutirao_lane_takeovers");
    await().until(() -> started.counter("mutirao_lane_takeovers") > before + 3);
    assertThat(trial.deadLetters()).isEmpty();
    trial.execute("alter table gone rename to applied");

    await().until(() -> trial.applied().size() >= names.length);
    assertThat(trial.applied()).containsExactlyInAnyOrder(names);
    assertThat(trial.deadLetters()).isEmpty();
  }

  @Test
  void aZombieChangesNothingAfterItsLanesWereTaken() throws Exception {
    String[] names = names("n", 40);
    Counting zombie = trial.handler();
    Gate gate = Gate.before(zombie);
    Started first = trial.start(zombie);
    trial.send(names);
    waitFor(gate.reached);

    trial.start(trial.handler());
    await().until(() -> trial.applied().size() >= names.length);
    gate.goOn.countDown();

    await().until(() -> !first.runner().alive());
    assertThat(first.fenced()).isTrue();
    trial.settle();
    assertThat(trial.applied()).containsExactly(names);
    assertThat(trial.toldNames()).contains(names);
  }

  /** Else somebody would act on it as if it were about what the ids mean now. */
  @Test
  void whatIsHintedAtAndNeverCommittedKeepsItsIds() throws Exception {
    Counting zombie = trial.handler();
    zombie.minting = true;
    Gate gate = Gate.before(zombie);
    Started first = trial.start(zombie);
    trial.send(2, "first", null);
    waitFor(gate.reached);
    Counting successor = trial.handler();
    successor.minting = true;
    trial.start(successor);
    await().until(() -> !trial.applied().isEmpty());
    gate.goOn.countDown();
    await().until(() -> !first.runner().alive());

    trial.send(2, "second", null);
    await().until(() -> trial.toldNames().size() == 2);
    assertThat(trial.toldJobs())
        .as("by the zombie, by its successor, and of what came later; more if it took over twice")
        .hasSizeGreaterThanOrEqualTo(3);
    assertThat(trial.applied()).containsExactly("first", "second");
  }

  @Test
  void twoRunnersThatBothBelieveTheyHaveTheLanesStillChangeStateOnce() throws Exception {
    Started one = trial.start("one", trial.handler());
    Started two = trial.start("two", trial.handler());
    await().until(() -> one.runner().ready() && two.runner().ready());
    String[] names = names("n", 400);

    trial.send(names);

    await().until(() -> trial.applied().size() >= names.length);
    await().until(() -> trial.toldNames().size() >= names.length);
    trial.settle();
    assertThat(trial.applied()).containsExactly(names);
    assertThat(one.counter("mutirao_lane_takeovers") + two.counter("mutirao_lane_takeovers"))
        .isGreaterThan(8);
  }

  /** That the test above can fail: the same without the compare-and-set of the batch number. */
  @Test
  void withoutTheFenceTheyChangeStateTwice() throws Exception {
    String fenced =
        trial
            .strings("select pg_get_functiondef('%s.move_lane'::regproc)".formatted(trial.schema()))
            .getFirst();
    String unfenced = fenced.replace(" and batch = from_batch", "");
    assertThat(unfenced).isNotEqualTo(fenced);
    trial.execute(unfenced);
    Started one = trial.start("one", trial.handler());
    Started two = trial.start("two", trial.handler());
    await().until(() -> one.runner().ready() && two.runner().ready());

    trial.send(names("n", 200));

    await().untilAsserted(() -> assertThat(trial.applied()).hasSizeGreaterThan(200));
  }

  @Test
  @ResourceLock("database")
  void aDatabaseThatIsKilledInTheMiddleOfABatchIsWaitedFor() throws Exception {
    String[] names = names("n", 40);
    var reached = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Counting handler = trial.handler();
    handler.before =
        batch -> {
          if (!batch.isEmpty()) {
            reached.countDown();
            waitFor(goOn);
          }
        };
    Started started = trial.start(handler);
    trial.send(names);
    waitFor(reached);

    stack.killDatabase();
    goOn.countDown();
    // A process of the database may outlive its parent for long enough to commit: then none waits.
    long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    await().until(() -> !started.runner().ready() || System.nanoTime() > end);
    stack.startDatabase();

    await().until(() -> trial.applied().size() >= names.length);
    await().until(() -> trial.toldNames().size() >= names.length);
    trial.settle();
    assertThat(trial.applied()).containsExactly(names);
  }

  @ParameterizedTest
  @EnumSource(Lost.class)
  void anUnknownCommitIsNeitherLostNorRepeated(Lost lost) throws Exception {
    String[] names = names("n", 40);
    trial.send(names);
    var unsure = new UnsureDatabase(trial.database(), lost, 3);

    trial.start(trial.handler(), unsure.database());

    await().until(() -> unsure.left() < 0);
    await().until(() -> trial.applied().size() >= names.length);
    await().until(() -> trial.toldNames().size() >= names.length);
    trial.settle();
    assertThat(trial.applied()).containsExactly(names);
  }

  @Test
  void aTakeOverProducesTheKeptBatchesAgainInOrderUnderTheSameIds() throws Exception {
    Started first = trial.start(trial.handler());
    for (String name : names("n", 6)) {
      trial.send(2, name, null);
      await().until(() -> trial.toldNames().contains(name));
    }
    List<String> before = ids(trial.told());
    first.runner().shutDown();

    trial.start(trial.handler());

    await().until(() -> trial.told().size() > before.size());
    List<String> after = ids(trial.told());
    assertThat(after.subList(0, 6)).isEqualTo(before);
    assertThat(after.subList(6, after.size())).isEqualTo(before.subList(2, 6));
    assertThat(trial.applied()).hasSize(6);
  }

  /** Hole B10: a send failed for good, so nothing goes out until all kept batches have. */
  @Test
  void whatTheBrokerRefusesIsProducedAgainUntilItIsTaken() throws Exception {
    Started started = trial.start(trial.handler());
    trial.send(2, "taken", null);
    await().until(() -> trial.toldNames().contains("taken"));
    double before = started.counter("mutirao_lane_takeovers");
    trial.takeMessagesOf(10);

    trial.send(2, "refused", null);
    // Also where nothing comes after it.
    await().until(() -> started.counter("mutirao_lane_takeovers") > before);
    trial.send(2, "later", "replies/2");
    assertThat(trial.toldNames()).containsExactly("taken");
    assertThat(trial.replyTo("later")).isEmpty();
    trial.takeMessagesOf(Clients.MAX_MESSAGE_BYTES);

    await().until(() -> trial.replyTo("later").isPresent());
    assertThat(trial.toldNames()).containsExactly("later", "refused", "taken");
    assertThat(trial.applied()).containsExactly("later", "refused", "taken");
  }

  @Test
  void aMisroutedMessageIsForwardedOnceUnderTheSameId() throws Exception {
    Started started = trial.start(trial.handler());

    trial.missend(3, 1, "lost-its-way");

    await().until(() -> !trial.applied().isEmpty());
    assertThat(trial.strings("select lane from applied")).containsExactly("1");
    assertThat(trial.read(trial.in.name(), _ -> true))
        .extracting(ConsumerRecord::partition)
        .containsExactlyInAnyOrder(3, 1);
    assertThat(ids(trial.read(trial.in.name(), _ -> true)))
        .containsExactly("lost-its-way", "lost-its-way");
    assertThat(started.counter("mutirao_lane_forwarded")).isEqualTo(1);
  }

  @Test
  void anUnreadableRecordIsSetAsideAndTheLaneGoesOn() throws Exception {
    Started started = trial.start(trial.handler());

    trial.send(2, "before", null);
    trial.produce(new ProducerRecord<>(trial.in.name(), 2, bytes("k"), bytes("{nonsense")));
    trial.produce(new ProducerRecord<>(trial.in.name(), 2, null, null));
    trial.produce(
        new ProducerRecord<>(
            trial.in.name(), 2, null, new byte[Clients.MAX_MESSAGE_BYTES - 1_000]));
    trial.send(2, "behind", null);

    await().until(() -> trial.applied().size() == 2);
    await().until(() -> trial.deadLetters().size() >= 3);
    var letter = trial.deadLetters().getFirst();
    assertThat(new String(letter.value(), UTF_8)).isEqualTo("{nonsense");
    assertThat(new String(letter.key(), UTF_8)).isEqualTo("k");
    assertThat(Records.text(letter, Headers.REASON)).startsWith("not JSON");
    assertThat(Records.text(letter, Headers.PARTITION)).isEqualTo("2");
    assertThat(Records.text(letter, Headers.OFFSET)).isEqualTo("1");
    assertThat(trial.applied()).containsExactly("before", "behind");
    assertThat(started.counter("mutirao_dead_letters")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"poison, false", "unstorable, false", "unstorable, true"})
  void anInputThatCannotBeCarriedOutIsSetAsideAloneAndItsCallerHearsOfIt(
      String poison, boolean presuming) throws Exception {
    for (String name : names("a", 10)) {
      trial.send(1, name, null);
    }
    trial.send(1, poison, "replies/0");
    for (String name : names("b", 10)) {
      trial.send(1, name, null);
    }
    Counting handler = trial.handler();
    handler.presuming = presuming;
    handler.before =
        batch -> {
          if (batch.contains("poison")) {
            throw new IllegalStateException("planted");
          }
        };

    trial.start(handler);

    await().until(() -> trial.applied().size() >= 20);
    await().until(() -> trial.replyTo(poison).isPresent());
    trial.settle();
    assertThat(trial.replyTo(poison).get())
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(Refusal.UNPROCESSABLE));
    assertThat(trial.applied()).hasSize(20).contains(names("a", 10)).contains(names("b", 10));
    assertThat(trial.deadLetters()).hasSize(1);
    assertThat(Records.text(trial.deadLetters().getFirst(), Headers.REASON))
        .startsWith("could not be carried out");
  }

  @Test
  void aGapInTheLogStopsItsLaneAndOnlyThat() throws Exception {
    Started first = trial.start(trial.handler());
    trial.send(names("a", 8));
    await().until(() -> trial.applied().size() == 8);
    first.runner().shutDown();

    trial.send(names("b", 8)); // offsets 2 and 3 of each lane
    trial.deleteRecords(1, 3);
    Started second = trial.start(trial.handler());

    await().until(() -> second.gauge("mutirao_lanes_stopped") == 1);
    await().until(() -> trial.applied().size() == 14);
    trial.send(names("c", 8));
    await().until(() -> trial.applied().size() >= 20);
    assertThat(trial.strings("select input from applied where lane = 1 order by input"))
        .containsExactly("a001", "a005");
    assertThat(trial.strings("select offsets[1] from lane where lane = 1")).containsExactly("2");
    assertThat(second.gauge("mutirao_lanes_held")).isEqualTo(3);
  }

  @Test
  void aTopicMadeAnewUnderItsOldNameStopsTheLanes() throws Exception {
    Started first = trial.start(trial.handler());
    trial.send(names("a", 8));
    await().until(() -> trial.applied().size() == 8);
    first.runner().shutDown();

    trial.makeInputTopicAnew();
    trial.send(names("b", 12)); // as far as the old one went, and further
    Started second = trial.start(trial.handler());

    await().until(() -> second.gauge("mutirao_lanes_stopped") == 4);
    assertThat(trial.applied()).containsExactly(names("a", 8));
  }

  @Test
  void aServiceThatReadsOneMoreTopicKeepsItsPlaceInTheOthers() throws Exception {
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();
    try (Connection db = trial.database().getConnection();
        Statement statement = db.createStatement()) {
      LaneStore.take(db, 900, new UUID[] {first});
      statement.executeUpdate("update lane set offsets = '{42}', epochs = '{3}' where lane = 900");

      LaneStore.Taken taken = LaneStore.take(db, 900, new UUID[] {first, second});

      assertThat(taken.topicIds()).containsExactly(first, second);
      assertThat(taken.offsets()).containsExactly(42, 0);
      assertThat(taken.epochs()).containsExactly(3, -1);
    }
  }

  @Test
  void aDatabaseThatLostCommitsStopsTheLane() throws Exception {
    Started first = trial.start(trial.handler());
    trial.send(names("a", 8));
    await().until(() -> trial.committed(1) == 2);
    first.runner().shutDown();

    trial.execute("update lane set offsets = '{1}' where lane = 1");
    Started second = trial.start(trial.handler());

    await().until(() -> second.gauge("mutirao_lanes_stopped") == 1);
    await().until(() -> second.gauge("mutirao_lanes_held") == 3);
    assertThat(trial.applied()).containsExactly(names("a", 8));
  }

  @Test
  void anAnswerToAnAddressThatDoesNotExistHoldsNothingUp() throws Exception {
    trial.start(trial.handler());
    trial.send(0, "warm", null);
    await().until(() -> trial.applied().size() == 1);
    long began = System.nanoTime();

    for (String name : names("n", 10)) {
      trial.send(0, name, "replies/4711");
    }
    trial.send(0, "good", "replies/0");

    await().until(() -> trial.replyTo("good").isPresent());
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void aBatchOfVeryManyStatementsIsStillOneTransaction() throws Exception {
    try (Connection db = trial.database().getConnection();
        Statement statement = db.createStatement()) {
      LaneStore.take(db, 0, new UUID[] {new UUID(0, 1)});
      var changes = new LaneChanges(new Records("counting", Trial.LANES), 0, 1, 0, Instant.EPOCH);
      for (int i = 0; i < 2_000; i++) {
        changes.write("insert into applied (input, lane) values (?, 0)", "n" + i);
      }
      statement.execute("update lane set batch = 99"); // somebody else took the lane

      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> LaneStore.commit(db, 0, 1, new long[] {1}, new int[] {0}, changes))
          .returns(LaneStore.TAKEN_OVER, SQLException::getSQLState);
      assertThat(trial.applied()).isEmpty();
    }
  }

  private static String[] names(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> prefix + String.format("%03d", i))
        .toArray(String[]::new);
  }

  private static List<String> ids(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(record -> Records.text(record, Headers.CE_ID)).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Holds a handler at its first inputs. */
  private record Gate(CountDownLatch reached, CountDownLatch goOn) {

    static Gate before(Counting handler) {
      Gate gate = new Gate(new CountDownLatch(1), new CountDownLatch(1));
      handler.before =
          batch -> {
            if (!batch.isEmpty()) {
              gate.reached.countDown();
              waitFor(gate.goOn);
            }
          };
      return gate;
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("waited in vain");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
