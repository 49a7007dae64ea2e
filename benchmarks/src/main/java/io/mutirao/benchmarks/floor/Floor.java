package io.mutirao.benchmarks.floor;

import io.mutirao.benchmarks.load.Caller;
import io.mutirao.benchmarks.load.ClosedLoop;
import io.mutirao.benchmarks.load.OpenLoop;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What nobody can be faster than on this broker and this database: a request on Kafka, one row in
 * PostgreSQL, one event on Kafka, and the caller waits for that event. Topics and table are its own
 * and go with it.
 */
public final class Floor implements AutoCloseable {

  /** For the conditions of a figure. */
  public static final String WORDS =
      "bare floor on the stack's own broker and database, no HTTP: a 200 byte request to Kafka"
          + " (acks=all), one row a request (unnest, one commit a batch), one event a row to Kafka;"
          + " the caller waits for ack and event";

  static final int PARTITIONS = 4;
  private static final String PREFIX = "bench.floor.";
  private static final long TIMEOUT_SECONDS = 30;
  private static final String BODY = "x".repeat(200);

  private final Admin admin;
  private final Connection database;
  private final List<String> topics;
  private final KafkaProducer<Long, String> producer;
  private final FloorPipeline pipeline;
  private final FloorEvents events;
  private final Map<Long, CompletableFuture<Long>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();

  public Floor(String bootstrap, String databaseUrl) throws Exception {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    database = DriverManager.getConnection(databaseUrl);
    dropLeftovers();
    // A new name each time: a topic that was just deleted cannot be made again at once.
    String mark = Long.toString(System.currentTimeMillis(), 36);
    topics = List.of(PREFIX + "requests." + mark, PREFIX + "events." + mark);
    admin
        .createTopics(topics.stream().map(t -> new NewTopic(t, PARTITIONS, (short) 1)).toList())
        .all()
        .get();
    try (Statement statement = database.createStatement()) {
      statement.execute("create schema bench_floor");
      statement.execute(
          """
          create table bench_floor.request (
            id bigint primary key, body text not null, at timestamptz not null default now())
          """);
    }
    producer = FloorKafka.producer(bootstrap);
    pipeline = new FloorPipeline(bootstrap, databaseUrl, topics.getFirst(), topics.getLast());
    events = new FloorEvents(bootstrap, topics.getLast(), this::arrived);
  }

  private void dropLeftovers() throws Exception {
    try (Statement statement = database.createStatement()) {
      statement.execute("drop schema if exists bench_floor cascade");
    }
    var left = admin.listTopics().names().get().stream().filter(t -> t.startsWith(PREFIX)).toList();
    admin.deleteTopics(left).all().get();
  }

  private void arrived(long id) {
    CompletableFuture<Long> caller = waiting.remove(id);
    if (caller != null) {
      caller.complete(OpenLoop.micros(Instant.now()));
    }
  }

  /** So that the JIT has seen the floor's own code; the stack had its warm-up too. */
  public void warmUp() throws Exception {
    new ClosedLoop(64, Duration.ofSeconds(6), 20_000).run(callers());
  }

  /** Callers, for as long as the floor is open. */
  public Caller.Factory callers() {
    return _ ->
        new Caller() {
          @Override
          public long call() throws Exception {
            return ask(ids.incrementAndGet(), new CompletableFuture<>());
          }

          @Override
          public void close() {}
        };
  }

  /** Sends one request; when its event came back, in microseconds since 1970. */
  public long eventMicros() throws Exception {
    var event = new CompletableFuture<Long>();
    ask(ids.incrementAndGet(), event);
    return event.get();
  }

  private long ask(long id, CompletableFuture<Long> event) throws Exception {
    waiting.put(id, event);
    var ack =
        producer.send(new ProducerRecord<>(topics.getFirst(), (int) (id % PARTITIONS), id, BODY));
    event.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    ack.get();
    return id;
  }

  /** Requests that stand in PostgreSQL. */
  public long rows() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from bench_floor.request")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    producer.close();
    try {
      pipeline.close();
      events.close();
      try (Statement statement = database.createStatement()) {
        statement.execute("drop schema bench_floor cascade");
      }
      database.close();
      admin.deleteTopics(topics).all().get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the floor's topics could not be deleted", e);
    } finally {
      admin.close();
    }
  }
}
