package io.mutirao.benchmarks.floor;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** One thread: read a batch of requests, insert it in one statement, tell one event per request. */
final class FloorPipeline {

  private static final String INSERT =
      """
      insert into bench_floor.request (id, body) select * from unnest(?::bigint[], ?::text[])
      """;

  private final KafkaConsumer<Long, String> requests;
  private final KafkaProducer<Long, String> producer;
  private final Connection database;
  private final PreparedStatement insert;
  private final String events;
  private final Thread thread;
  private volatile boolean stopping;

  FloorPipeline(String bootstrap, String databaseUrl, String requests, String events)
      throws SQLException {
    this.requests = FloorKafka.consumer(bootstrap, requests);
    this.producer = FloorKafka.producer(bootstrap);
    this.events = events;
    database = DriverManager.getConnection(databaseUrl + "&prepareThreshold=1");
    insert = database.prepareStatement(INSERT);
    thread = Thread.ofPlatform().name("floor-pipeline").start(this::run);
  }

  private void run() {
    List<Future<RecordMetadata>> untold = List.of();
    try {
      while (!stopping) {
        ConsumerRecords<Long, String> batch = requests.poll(Duration.ofMillis(100));
        if (!batch.isEmpty()) {
          insert(batch);
          for (Future<RecordMetadata> ack : untold) {
            ack.get();
          }
          untold = tell(batch);
        }
      }
    } catch (SQLException | ExecutionException e) {
      throw new IllegalStateException("the floor broke", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void insert(ConsumerRecords<Long, String> batch) throws SQLException {
    Object[] ids = new Object[batch.count()];
    Object[] bodies = new Object[batch.count()];
    int i = 0;
    for (ConsumerRecord<Long, String> request : batch) {
      ids[i] = request.key();
      bodies[i++] = request.value();
    }
    insert.setArray(1, database.createArrayOf("bigint", ids));
    insert.setArray(2, database.createArrayOf("text", bodies));
    insert.executeUpdate();
  }

  private List<Future<RecordMetadata>> tell(ConsumerRecords<Long, String> batch) {
    List<Future<RecordMetadata>> acks = new ArrayList<>(batch.count());
    for (ConsumerRecord<Long, String> request : batch) {
      acks.add(
          producer.send(
              new ProducerRecord<>(events, request.partition(), request.key(), request.value())));
    }
    return acks;
  }

  void close() throws InterruptedException, SQLException {
    stopping = true;
    thread.join();
    requests.close();
    producer.close();
    insert.close();
    database.close();
  }
}
