package io.mutirao.messaging.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.JobCommand;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.run.RunCommand;
import io.mutirao.contracts.run.RunCommand.CancelRun;
import io.mutirao.contracts.topic.Headers;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.messaging.RealStack;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.kafka.Installation;
import io.mutirao.messaging.kafka.Records;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** One test's own topics, tables and runners on the shared broker and database. */
final class Trial {

  static final Lanes LANES = new Lanes(4);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** A runner with what it counts and tells. */
  record Started(LaneRunner runner, SimpleMeterRegistry meters, AtomicBoolean fenced) {

    double gauge(String name) {
      return meters.get(name).gauge().value();
    }

    double counter(String name) {
      return meters.find(name).counters().stream().mapToDouble(c -> c.count()).sum();
    }
  }

  final Topic<RunCommand> in;
  final Topic<JobCommand> out;
  private final RealStack stack;
  private final String name = "trial" + NUMBER.incrementAndGet();
  private final Records records = new Records("test", LANES);
  private final KafkaProducer<byte[], byte[]> producer;
  private final Admin admin;
  private final List<LaneRunner> runners = new ArrayList<>();

  Trial(RealStack stack) throws Exception {
    this.stack = stack;
    in = new Topic<>(name + ".in", RunCommand.class);
    out = new Topic<>(name + ".out", JobCommand.class);
    Clients clients = new Clients(stack.bootstrap(), name);
    producer = clients.producer();
    admin = clients.admin();
    new Installation(admin, LANES).prepare();
    create(in.name());
    create(out.name());
    execute("create schema " + name);
    for (String sql : RealStack.tables()) {
      execute(sql);
    }
  }

  private void create(String topic) throws Exception {
    NewTopic wanted =
        new NewTopic(topic, LANES.count(), (short) 1)
            .configs(Map.of("max.message.bytes", "" + Clients.MAX_MESSAGE_BYTES));
    admin.createTopics(List.of(wanted)).all().get();
  }

  /** The broker refuses to take larger ones for the topic that is written. */
  void takeMessagesOf(int bytes) throws Exception {
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, out.name());
    var limit = new ConfigEntry("max.message.bytes", String.valueOf(bytes));
    admin
        .incrementalAlterConfigs(
            Map.of(topic, List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  void makeInputTopicAnew() throws Exception {
    admin.deleteTopics(List.of(in.name())).all().get();
    Awaitility.await().until(() -> !admin.listTopics().names().get().contains(in.name()));
    create(in.name());
  }

  /** How far the runners of the trial's group told the broker that they are. */
  long committed(int lane) throws Exception {
    var found =
        admin
            .listConsumerGroupOffsets(name)
            .partitionsToOffsetAndMetadata()
            .get()
            .get(new TopicPartition(in.name(), lane));
    return found == null ? 0 : found.offset();
  }

  void execute(String sql) throws SQLException {
    try (Connection db = database().getConnection();
        Statement statement = db.createStatement()) {
      statement.execute(sql);
    }
  }

  String schema() {
    return name;
  }

  DataSource database() {
    return stack.database(name);
  }

  Counting handler() {
    return new Counting(in, out);
  }

  /** All runners of a group have one name: the later takes the earlier one's lanes at once. */
  Started start(LaneHandler handler) {
    return start(name, handler, database());
  }

  Started start(LaneHandler handler, DataSource database) {
    return start(name, handler, database);
  }

  /** In a group of its own it gets all lanes, whoever else believes to have them. */
  Started start(String group, LaneHandler handler) {
    return start(name + group, handler, database());
  }

  private Started start(String group, LaneHandler handler, DataSource database) {
    var meters = new SimpleMeterRegistry();
    var fenced = new AtomicBoolean();
    var runner =
        new LaneRunner(
            new LaneRunner.Setup(
                new Clients(stack.bootstrap(), group + "-runner"),
                new Records("counting", LANES),
                database,
                meters,
                group,
                Duration.ZERO,
                () -> fenced.set(true)),
            handler);
    runners.add(runner);
    runner.start();
    return new Started(runner, meters, fenced);
  }

  /** A run of that lane. */
  static RunId run(int lane) {
    return new RunId(LANES.mint(lane, 1));
  }

  /** One input to each lane in turn, with the name as its id. */
  void send(String... names) throws Exception {
    for (int i = 0; i < names.length; i++) {
      send(i % LANES.count(), names[i], null);
    }
  }

  void send(int lane, String input, String replyTo) throws Exception {
    var cancel = new CancelRun(run(lane), input);
    produce(records.write(in, new Envelope<>(input, cancel, replyTo, null), Instant.now()));
  }

  /** To a lane that it does not belong to. */
  void missend(int wrongLane, int lane, String input) throws Exception {
    var cancel = new CancelRun(run(lane), input);
    produce(
        records.write(
            in.name(), wrongLane, new Envelope<>(input, cancel, null, null), Instant.now()));
  }

  void produce(ProducerRecord<byte[], byte[]> record) throws Exception {
    producer.send(record).get();
  }

  void deleteRecords(int lane, long before) throws Exception {
    var partition = new TopicPartition(in.name(), lane);
    admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before))).all().get();
  }

  /** What was applied, once for each time; sorted. */
  List<String> applied() throws SQLException {
    return strings("select input from applied where input <> 'mark' order by input collate \"C\"");
  }

  /** Until all that was sent so far is over in every lane, were it applied once or twice. */
  void settle() throws Exception {
    for (int lane = 0; lane < LANES.count(); lane++) {
      send(lane, "mark", null);
    }
    Awaitility.await()
        .until(() ->
            strings("select distinct lane from applied where input = 'mark'").size()
                == LANES.count());
  }

  List<String> strings(String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection db = database().getConnection();
        Statement statement = db.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  /** What was told of the inputs, repeats too, in the order of each partition. */
  List<ConsumerRecord<byte[], byte[]>> told() {
    return read(out.name(), _ -> true);
  }

  /** The names in what was told, without repeats; sorted. */
  List<String> toldNames() throws Exception {
    List<String> names = new ArrayList<>();
    for (var record : told()) {
      names.add(((JobCommand.DeleteJob) Records.read(out, record).message()).by());
    }
    return names.stream().distinct().sorted().toList();
  }

  /** The jobs in what was told. */
  Set<JobId> toldJobs() throws Exception {
    Set<JobId> jobs = new HashSet<>();
    for (var record : told()) {
      jobs.add(((JobCommand.DeleteJob) Records.read(out, record).message()).job());
    }
    return jobs;
  }

  List<ConsumerRecord<byte[], byte[]>> deadLetters() {
    return read(
        Topics.DEAD_LETTERS, record -> in.name().equals(Records.text(record, Headers.TOPIC)));
  }

  Optional<Reply> replyTo(String command) throws Exception {
    for (var record :
        read(Topics.REPLIES.name(), r -> command.equals(new String(r.key(), UTF_8)))) {
      return Optional.of(Records.read(Topics.REPLIES, record).message());
    }
    return Optional.empty();
  }

  /** All that stands in a topic now. */
  List<ConsumerRecord<byte[], byte[]>> read(
      String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", stack.bootstrap(), "fetch.max.wait.ms", 20);
    try (var reader =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int lane = 0; lane < LANES.count(); lane++) {
        partitions.add(new TopicPartition(topic, lane));
      }
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> reader.position(p) < ends.get(p))) {
        reader.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    found.removeIf(wanted.negate());
    return found;
  }

  void close() throws Exception {
    for (LaneRunner runner : runners) {
      runner.shutDown();
    }
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
  }
}
