package io.mutirao.systemtests.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all partitions of a topic, each in its order. Of no group: nobody notices. It keeps what it
 * has read, so that to ask again and again costs only what is new.
 */
public final class TopicReader implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The end of each partition at some moment. */
  public record Position(Map<TopicPartition, Long> offsets) {

    /** Before the first record. */
    public static final Position START = new Position(Map.of());

    private boolean includes(ConsumerRecord<?, ?> record) {
      var partition = new TopicPartition(record.topic(), record.partition());
      return record.offset() >= offsets.getOrDefault(partition, 0L);
    }
  }

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();

  TopicReader(String bootstrap, String topic) {
    this.topic = topic;
    var settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("enable.auto.commit", "false");
    settings.put("reconnect.backoff.max.ms", "200");
    settings.put("fetch.max.wait.ms", "50");
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  public synchronized Position end() {
    return new Position(consumer.endOffsets(partitions(), PATIENCE));
  }

  /** What was written from there to the present end. */
  public synchronized List<ConsumerRecord<byte[], byte[]>> since(Position from) {
    readTo(end());
    return read.stream().filter(from::includes).toList();
  }

  private void readTo(Position end) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!hasReached(end)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(topic + " could not be read to its end: " + end);
      }
      consumer.poll(Duration.ofMillis(100)).forEach(read::add);
    }
  }

  private boolean hasReached(Position end) {
    return end.offsets().entrySet().stream()
        .allMatch(each -> consumer.position(each.getKey(), PATIENCE) >= each.getValue());
  }

  /** From the first look at a topic that exists on, they stay. */
  private List<TopicPartition> partitions() {
    if (consumer.assignment().isEmpty()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic, PATIENCE).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }
    return List.copyOf(consumer.assignment());
  }

  @Override
  public synchronized void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
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
