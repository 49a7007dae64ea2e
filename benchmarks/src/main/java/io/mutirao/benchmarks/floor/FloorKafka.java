package io.mutirao.benchmarks.floor;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka clients as durable as those of the stack: acks=all, idempotent. */
final class FloorKafka {

  static KafkaProducer<Long, String> producer(String bootstrap) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 0, "batch.size", 65_536),
        new LongSerializer(),
        new StringSerializer());
  }

  /** Reads the whole topic from its beginning. */
  static KafkaConsumer<Long, String> consumer(String bootstrap, String topic) {
    var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                bootstrap,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                1_000),
            new LongDeserializer(),
            new StringDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, Floor.PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
    consumer.assign(partitions);
    return consumer;
  }

  private FloorKafka() {}
}
