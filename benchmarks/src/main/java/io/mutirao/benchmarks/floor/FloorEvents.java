package io.mutirao.benchmarks.floor;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Reads the floor's events and tells whose they are. */
final class FloorEvents {

  private final KafkaConsumer<Long, String> consumer;
  private final LongConsumer arrived;
  private final Thread thread;
  private volatile boolean stopping;

  FloorEvents(String bootstrap, String topic, LongConsumer arrived) {
    this.consumer = FloorKafka.consumer(bootstrap, topic);
    this.arrived = arrived;
    this.thread = Thread.ofPlatform().name("floor-events").start(this::read);
  }

  private void read() {
    while (!stopping) {
      consumer.poll(Duration.ofMillis(100)).forEach(record -> arrived.accept(record.key()));
    }
    consumer.close();
  }

  void close() throws InterruptedException {
    stopping = true;
    thread.join();
  }
}
