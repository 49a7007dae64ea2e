package io.mutirao.messaging.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.contracts.topic.Message;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.kafka.Installation;
import io.mutirao.messaging.kafka.Records;
import io.mutirao.messaging.lane.LaneBatch.CaughtUp;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs a service's lanes on one thread with one database connection: read a batch, let the {@link
 * LaneHandler} decide, commit state, position and messages together, produce the messages.
 *
 * <p>The database remembers how far it has read. Any doubt about a lane (a failed compare-and-set,
 * an unknown answer to a commit, a new assignment, a dead producer) ends in {@link #takeOver}:
 * forget memory, read the row, produce the kept batches again in order, go on where the row says.
 */
public final class LaneRunner {

  /**
   * What the lanes of a service need.
   *
   * @param group the consumer group, by custom the service's name
   * @param linger how long to wait after a batch, so that the next one has more in it; after a
   *     crowd it is 3 ms at least
   * @param onFenced called when another process came up under this instance's name: end at once
   */
  public record Setup(
      Clients clients,
      Records records,
      DataSource database,
      MeterRegistry metrics,
      String group,
      Duration linger,
      Runnable onFenced) {}

  private static final Logger log = Logger.getLogger(LaneRunner.class);
  private static final long RETRY_MILLIS = 200;

  /**
   * Where so many come at once, others are on their way: what is done by the batch is done for all.
   */
  private static final int CROWD = 8;

  private static final Duration CROWD_LINGER = Duration.ofMillis(3);

  /**
   * Hints of so small a batch leave before its commit: there is no crowd that would ask in vain.
   */
  private static final int FEW = 4;

  private final Setup setup;
  private final LaneHandler handler;
  private final LaneMetrics metrics;
  private final LaneInputs reader;
  private final List<Topic<?>> topics;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Replies replies;
  private final Progress progress;
  private final Map<Integer, Lane> lanes = new TreeMap<>();
  private final LaneEnds ends;
  private final DatabaseClock clock = new DatabaseClock();
  private final Thread thread;
  private KafkaProducer<byte[], byte[]> producer;
  private UUID[] topicIds = new UUID[0];
  private @Nullable Connection connection;
  private volatile boolean stopping;
  private volatile boolean joined;
  private volatile boolean settled;

  public LaneRunner(Setup setup, LaneHandler handler) {
    this.setup = setup;
    this.handler = handler;
    this.topics = List.copyOf(handler.topics());
    this.metrics = new LaneMetrics(setup.metrics());
    this.reader =
        new LaneInputs(topics.stream().collect(Collectors.toMap(Topic::name, t -> t)), metrics);
    this.producer = setup.clients().producer();
    this.replies = new Replies(setup.clients(), setup.records().lanes().count());
    this.consumer = setup.clients().laneConsumer(setup.group());
    this.progress = new Progress(consumer);
    this.ends = new LaneEnds(setup.clients().admin());
    this.thread = Thread.ofPlatform().name("lanes").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Whether this instance has its lanes and all of them go on. */
  public boolean ready() {
    return joined && settled && thread.isAlive();
  }

  /** Whether the thread that does all the work lives. */
  public boolean alive() {
    return thread.isAlive();
  }

  /** Ends after the batch at hand and waits for the broker's acknowledgements. */
  public void shutDown() throws InterruptedException {
    stopping = true;
    consumer.wakeup();
    thread.join(Duration.ofSeconds(8));
    thread.interrupt();
  }

  private void run() {
    try {
      prepare();
      consumer.subscribe(topics.stream().map(Topic::name).toList(), new Assignment());
      while (!stopping) {
        try {
          step();
        } catch (WakeupException e) {
          log.debug("woken up, to stop or to take over lanes");
        } catch (InvalidOffsetException e) {
          e.partitions().forEach(partition -> stop(partition, e));
        } catch (FencedInstanceIdException e) {
          log.errorf("Another process came up as %s: this one ends", setup.clients().instance());
          setup.onFenced().run();
          return;
        } catch (KafkaException e) {
          log.warnf("The broker gave an error; the lanes will be taken over: %s", e.getMessage());
          lanes.values().forEach(lane -> doubt(lane, "broker"));
          Thread.sleep(RETRY_MILLIS);
        }
      }
      drain();
    } catch (InterruptedException | InterruptException e) {
      log.debug("interrupted while stopping");
    } catch (RuntimeException | Error e) {
      log.error("The lanes ended by a bug; the service must be restarted", e);
      throw e;
    } finally {
      // A leave-taking would wait behind a fetch that rests; a static member has nothing to say.
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      ends.close();
      producer.close(Duration.ofSeconds(1));
      replies.close();
      disconnect();
    }
  }

  private void prepare() throws InterruptedException {
    try (Admin admin = setup.clients().admin()) {
      Installation installation = new Installation(admin, setup.records().lanes());
      while (!stopping) {
        try {
          installation.prepare();
          var ids = installation.ids(topics);
          topicIds =
              topics.stream()
                  .map(topic -> Objects.requireNonNull(ids.get(topic.name())))
                  .map(id -> new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()))
                  .toArray(UUID[]::new);
          return;
        } catch (ExecutionException e) {
          log.warnf("Waiting for the broker to have the topics: %s", e.getCause());
          Thread.sleep(RETRY_MILLIS);
        }
      }
    }
  }

  private void step() throws InterruptedException {
    for (Lane lane : List.copyOf(lanes.values())) {
      if (lane.state == Lane.State.HELD && lane.pipeline.brokenBy(producer)) {
        // What it committed last may not be out, and there may be no next batch to find that.
        doubt(lane, "producer");
      }
      if (lane.state == Lane.State.DOUBTED && lane.notBefore - System.nanoTime() <= 0) {
        takeOver(lane);
      }
    }
    settled = lanes.values().stream().noneMatch(lane -> lane.state == Lane.State.DOUBTED);
    metrics.held((int) lanes.values().stream().filter(l -> l.state == Lane.State.HELD).count());

    LaneEnds.Ends read = ends.ask(listening());
    long nanos = System.nanoTime();
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(untilDue());
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      Lane lane = lanes.get(record.partition());
      if (lane != null) {
        lane.unhandled.add(record);
      }
    }
    for (Lane lane : List.copyOf(lanes.values())) {
      if (lane.state == Lane.State.HELD) {
        serve(lane, nanos, read);
      }
    }
    progress.tell(lanes.values());
    if (!polled.isEmpty()) {
      Thread.sleep(polled.count() < CROWD ? setup.linger() : longer(setup.linger(), CROWD_LINGER));
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private void serve(Lane lane, long nanos, LaneEnds.@Nullable Ends read)
      throws InterruptedException {
    List<ConsumerRecord<byte[], byte[]>> records = List.copyOf(lane.unhandled);
    if (lane.isolating()) {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (lane.state == Lane.State.HELD && lane.awaits(record)) {
          batch(lane, List.of(record), nanos, null);
        }
      }
    } else if (!records.isEmpty() || isDue(lane)) {
      batch(lane, records, nanos, null);
    }
    if (read != null && lane.state == Lane.State.HELD && lane.readTo(read.offsets())) {
      batch(lane, List.of(), nanos, read.caughtUp());
    }
  }

  private boolean isDue(Lane lane) {
    return handler.due(lane.number).map(due -> !due.isAfter(clock.now())).orElse(false);
  }

  /** How long a poll may rest: until the first lane is due, or as long as nobody is judged. */
  private Duration untilDue() {
    boolean calm = lanes.isEmpty() || settled;
    Duration wait = Duration.ofMillis(!calm ? 20 : listening().isEmpty() ? 3_000 : 1_000);
    for (Lane lane : lanes.values()) {
      if (lane.state == Lane.State.HELD && !lane.unhandled.isEmpty()) {
        return Duration.ZERO;
      }
      Optional<Instant> due =
          lane.state == Lane.State.HELD ? handler.due(lane.number) : Optional.empty();
      if (due.isPresent()) {
        Duration left = Duration.between(clock.now(), due.get());
        wait = left.isNegative() ? Duration.ZERO : left.compareTo(wait) < 0 ? left : wait;
      }
    }
    return wait;
  }

  private void batch(
      Lane lane,
      List<ConsumerRecord<byte[], byte[]>> records,
      long nanos,
      @Nullable CaughtUp caughtUp)
      throws InterruptedException {
    try {
      lane.pipeline.awaitRoom();
      LaneChanges changes = newChanges(lane);
      List<Envelope<? extends Message>> inputs = reader.read(records, changes);
      handler.handle(
          new LaneBatch(lane.number, inputs, changes.now(), nanos, caughtUp),
          changes,
          connection());
      if (records.isEmpty() && changes.isEmpty()) {
        return;
      }
      commit(lane, records, changes);
    } catch (SQLException e) {
      databaseFailed(lane, records, e);
    } catch (InterruptedException e) {
      throw e;
    } catch (KafkaException e) {
      throw e;
    } catch (Exception e) {
      isolate(lane, records, e);
    }
  }

  private LaneChanges newChanges(Lane lane) {
    return new LaneChanges(setup.records(), lane.number, lane.batch, lane.minted, clock.now());
  }

  private void commit(Lane lane, List<ConsumerRecord<byte[], byte[]>> records, LaneChanges changes)
      throws SQLException {
    long[] offsets = lane.offsets.clone();
    int[] epochs = lane.epochs.clone();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      int topic = lane.indexOf(record.topic());
      offsets[topic] = record.offset() + 1;
      epochs[topic] = record.leaderEpoch().orElse(epochs[topic]);
    }
    LanePipeline.Sending sending =
        lane.pipeline.begin(changes.hints(), changes.messages(), changes.replies());
    if (records.size() <= FEW && changes.mayHint()) {
      sending.hint();
    }
    clock.set(LaneStore.commit(connection(), lane.number, lane.batch, offsets, epochs, changes));
    lane.batch++;
    lane.presumedWrongly = false;
    lane.minted = changes.minted();
    lane.moveTo(offsets, epochs);
    sending.send();
    metrics.batch(records.size());
  }

  private void databaseFailed(
      Lane lane, List<ConsumerRecord<byte[], byte[]>> records, SQLException e)
      throws InterruptedException {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.equals(LaneStore.TAKEN_OVER)) {
      doubt(lane, "moved by another instance");
    } else if (!lane.presumedWrongly && handler.presumedWrongly(e)) {
      lane.presumedWrongly = true;
      doubt(lane, "presumed wrongly");
    } else if (LaneStore.blames(state)) {
      isolate(lane, records, e);
    } else {
      log.warnf(
          "The database did not answer as it should (%s); lane %d will be taken over: %s",
          state, lane.number, e.getMessage());
      disconnect();
      doubt(lane, "database");
    }
  }

  /** A batch that its handler cannot do: find the one input that is to blame, set it aside. */
  private void isolate(Lane lane, List<ConsumerRecord<byte[], byte[]>> records, Exception e)
      throws InterruptedException {
    if (records.size() == 1 && lane.isolating()) {
      setAside(lane, records.getFirst(), e);
      return;
    }
    log.errorf(
        e,
        "A batch of lane %d failed (%d inputs); it is done again one by one",
        (Object) lane.number,
        records.size());
    long[] until = lane.offsets.clone();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      until[lane.indexOf(record.topic())] = record.offset() + 1;
    }
    lane.isolateUntil = until;
    doubt(lane, "failed batch");
  }

  private void setAside(Lane lane, ConsumerRecord<byte[], byte[]> record, Exception cause)
      throws InterruptedException {
    String reason = DeadLetter.brief("could not be carried out: " + cause);
    metrics.deadLetter(record, reason);
    // Whatever the handler has in memory from the failed try is forgotten first.
    takeOver(lane);
    if (lane.state != Lane.State.HELD) {
      return;
    }
    try {
      LaneChanges changes = newChanges(lane);
      changes.add(DeadLetter.of(record, reason));
      for (Envelope<? extends Message> input : reader.read(List.of(record), newChanges(lane))) {
        changes.reply(
            input, new Refused(input.id(), Refusal.UNPROCESSABLE, forItsCaller(cause, record)));
      }
      commit(lane, List.of(record), changes);
    } catch (SQLException e) {
      databaseFailed(lane, List.of(), e);
    }
  }

  /** What is wrong with the input, if that is what is wrong; else where an operator finds it. */
  private static String forItsCaller(Exception cause, ConsumerRecord<byte[], byte[]> record) {
    return cause instanceof LaneChanges.TooLarge
        ? DeadLetter.brief("could not be carried out: " + cause.getMessage())
        : "could not be carried out; the dead letter of "
            + Records.coordinates(record)
            + " says why";
  }

  private void doubt(Lane lane, String why) {
    if (lane.state == Lane.State.STOPPED) {
      return;
    }
    lane.state = Lane.State.DOUBTED;
    lane.doubt = why;
    lane.notBefore = System.nanoTime() + RETRY_MILLIS * 1_000_000;
    consumer.pause(lane.partitions);
    settled = false;
  }

  private void takeOver(Lane lane) throws InterruptedException {
    try {
      if (lane.pipeline.brokenBy(producer)) {
        producer.close(Duration.ZERO);
        producer = setup.clients().producer();
        lanes.values().stream().filter(l -> l != lane).forEach(l -> doubt(l, "producer"));
      }
      Connection db = connection();
      LaneStore.Taken taken = LaneStore.take(db, lane.number, topicIds);
      if (refuses(lane, taken)) {
        return;
      }
      clock.set(taken.now());
      handler.takeOver(lane.number, db);
      lane.batch = taken.batch();
      lane.minted = taken.minted();
      boolean[] read = lane.hasRead(taken.offsets(), consumer::position);
      lane.moveTo(taken.offsets(), taken.epochs());
      lane.pipeline = new LanePipeline(producer, replies::send);
      lane.pipeline.send(taken.unacknowledged(), List.of());
      // The ring keeps only so many batches: none is written over before it is out.
      while (!lane.pipeline.drained(1_000)) {
        if (stopping || lane.pipeline.brokenBy(producer)) {
          doubt(lane, "producer");
          return;
        }
      }
      for (int i = 0; i < read.length; i++) {
        // A seek waits behind the fetch that rests at the broker: none where none is needed.
        if (!read[i]) {
          seek(lane, i);
        }
      }
      consumer.resume(lane.partitions);
      lane.state = Lane.State.HELD;
      metrics.takenOver(lane.number, lane.doubt, taken.unacknowledged().size());
    } catch (SQLException e) {
      log.warnf("Lane %d waits for the database: %s", (Object) lane.number, e.getMessage());
      disconnect();
      doubt(lane, "database");
    }
  }

  private void seek(Lane lane, int topic) {
    TopicPartition partition = lane.partitions.get(topic);
    int epoch = lane.epochs[topic];
    lane.unhandled.removeIf(record -> record.topic().equals(partition.topic()));
    consumer.seek(
        partition,
        new OffsetAndMetadata(
            lane.offsets[topic], epoch < 0 ? Optional.empty() : Optional.of(epoch), ""));
  }

  /** Whether the log and the database no longer belong together; then the lane stops. */
  private boolean refuses(Lane lane, LaneStore.Taken taken) {
    if (!Arrays.equals(taken.topicIds(), topicIds)) {
      stop(lane, "A topic of this lane was deleted and made anew since the lane was last read.");
      return true;
    }
    Map<TopicPartition, OffsetAndMetadata> told = consumer.committed(Set.copyOf(lane.partitions));
    for (int i = 0; i < lane.partitions.size(); i++) {
      OffsetAndMetadata before = told.get(lane.partitions.get(i));
      if (before != null && before.offset() > taken.offsets()[i]) {
        stop(
            lane,
            "The database is older than the log says it was ("
                + lane.partitions.get(i)
                + ": "
                + taken.offsets()[i]
                + " after "
                + before.offset()
                + "): it lost commits, for example by a failover to an asynchronous standby. To go"
                + " on with what it has, reset the offsets of group "
                + setup.group()
                + ".");
        return true;
      }
    }
    return false;
  }

  private void stop(TopicPartition partition, InvalidOffsetException e) {
    Lane lane = lanes.get(partition.partition());
    if (lane != null) {
      stop(lane, "The log has a gap at " + partition + ": " + e.getMessage());
    }
  }

  private void stop(Lane lane, String why) {
    lane.state = Lane.State.STOPPED;
    lane.unhandled.clear();
    consumer.pause(lane.partitions);
    // A position that exists, so that the other lanes' polls do not trip over this one.
    consumer.seekToEnd(lane.partitions);
    handler.release(lane.number);
    metrics.stopped(lane.number, why);
  }

  /** The lanes in which somebody's silence may have to be judged. */
  private List<TopicPartition> listening() {
    return lanes.values().stream()
        .filter(l -> l.state == Lane.State.HELD && handler.listensForSilence(l.number))
        .flatMap(l -> l.partitions.stream())
        .toList();
  }

  private void drain() throws InterruptedException {
    for (Lane lane : lanes.values()) {
      if (lane.state == Lane.State.HELD && !lane.pipeline.drained(3_000)) {
        log.warnf("Lane %d stops with unacknowledged messages; they are kept", lane.number);
      }
    }
  }

  private Connection connection() throws SQLException {
    if (connection == null) {
      connection = setup.database().getConnection();
    }
    return connection;
  }

  private void disconnect() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        log.debugf("closing a broken connection: %s", e.getMessage());
      }
      connection = null;
    }
  }

  private final class Assignment implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      Map<Integer, List<TopicPartition>> found =
          assigned.stream().collect(Collectors.groupingBy(TopicPartition::partition));
      found.forEach((number, partitions) -> {
        if (partitions.size() != topics.size()) {
          throw new IllegalStateException(
              "lane " + number + " is split between instances: " + partitions);
        }
        List<TopicPartition> inOrder =
            topics.stream().map(topic -> new TopicPartition(topic.name(), number)).toList();
        // Any position will do while it is paused; take-over seeks to the real one.
        inOrder.forEach(partition -> consumer.seek(partition, 0));
        consumer.pause(inOrder);
        lanes.put(number, new Lane(number, inOrder, new LanePipeline(producer, replies::send)));
      });
      settled = false;
      joined = true;
      // Else the poll that we are in would go on resting, and the new lanes with it.
      consumer.wakeup();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      for (TopicPartition partition : revoked) {
        if (lanes.remove(partition.partition()) != null) {
          handler.release(partition.partition());
        }
      }
    }
  }
}
