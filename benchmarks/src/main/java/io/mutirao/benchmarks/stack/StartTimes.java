package io.mutirao.benchmarks.stack;

import io.mutirao.benchmarks.load.OpenLoop;
import io.mutirao.contracts.run.RunEvent;
import io.mutirao.contracts.run.RunEvent.RunQueued;
import io.mutirao.contracts.run.RunEvent.RunStarted;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.contracts.topic.Unreadable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * When runs started, by the clock of their worker, as {@code run.events} tells it. Reads only when
 * it is asked: a reader beside the stack would take the processors that are measured.
 */
public final class StartTimes implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<Long, Long> queuedByRun = new HashMap<>();
  private final Map<Long, Long> startByRun = new HashMap<>();

  /** Will tell every start from now on. */
  public StartTimes(String bootstrap) {
    consumer = consumer(bootstrap);
    String topic = Topics.RUN_EVENTS.name();
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList());
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
  }

  /** As many as the installation has lanes. */
  static int partitions(String bootstrap) {
    try (var consumer = consumer(bootstrap)) {
      return consumer.partitionsFor(Topics.RUN_EVENTS.name()).size();
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private void note(ConsumerRecord<byte[], byte[]> record) {
    try {
      RunEvent event = Codec.decode(Topics.RUN_EVENTS, record.value());
      if (event instanceof RunQueued queued) {
        queuedByRun.putIfAbsent(queued.run().value(), OpenLoop.micros(queued.at()));
      } else if (event instanceof RunStarted started) {
        startByRun.putIfAbsent(started.run().value(), OpenLoop.micros(started.startedAt()));
      }
    } catch (Unreadable e) {
      throw new IllegalStateException("run.events holds what is no run event", e);
    }
  }

  /** By run, in microseconds since 1970, as soon as so many are known or patience ends. */
  public Map<Long, Long> await(int count, Duration patience) {
    long giveUp = System.nanoTime() + patience.toNanos();
    while (startByRun.size() < count && System.nanoTime() < giveUp) {
      consumer.poll(POLL).forEach(this::note);
    }
    return Map.copyOf(startByRun);
  }

  /**
   * When the dispatcher accepted each run of those that {@link #await} saw, in microseconds since
   * 1970.
   */
  public Map<Long, Long> queued() {
    return Map.copyOf(queuedByRun);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
