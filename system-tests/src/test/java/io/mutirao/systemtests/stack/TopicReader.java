package io.mutirao.systemtests.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all partitions of a topic, each in its order. Of no group: nobody notices. */
public record TopicReader(String bootstrap, String topic) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The end of each partition at some moment. */
  public record Position(Map<TopicPartition, Long> offsets) {

    /** Before the first record. */
    public static final Position START = new Position(Map.of());
  }

  public Position end() {
    try (var consumer = open()) {
      return new Position(consumer.endOffsets(partitions(consumer), PATIENCE));
    }
  }

  /** What was written from there to the present end. */
  public List<ConsumerRecord<byte[], byte[]>> since(Position from) {
    try (var consumer = open()) {
      List<TopicPartition> partitions = partitions(consumer);
      Map<TopicPartition, Long> left = new HashMap<>(consumer.endOffsets(partitions, PATIENCE));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      from.offsets().forEach(consumer::seek);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      left.entrySet().removeIf(end -> consumer.position(end.getKey(), PATIENCE) >= end.getValue());
      while (!left.isEmpty()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(topic + " could not be read to its end: " + left);
        }
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      }
      return records;
    }
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.partitionsFor(topic, PATIENCE).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> open() {
    var settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("enable.auto.commit", "false");
    settings.put("reconnect.backoff.max.ms", "200");
    settings.put("fetch.max.wait.ms", "50");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Empty when there is no such header. */
  public static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  /** For people. */
  static String words(ConsumerRecord<byte[], byte[]> record) {
    String value = record.value() == null ? "null" : new String(record.value(), UTF_8);
    StringBuilder headers = new StringBuilder();
    record
        .headers()
        .forEach(header ->
            headers
                .append(header.key())
                .append('=')
                .append(new String(header.value(), UTF_8))
                .append(' '));
    return headers + value;
  }
}
