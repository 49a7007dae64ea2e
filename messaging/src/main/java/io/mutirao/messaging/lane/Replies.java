package io.mutirao.messaging.lane;

import io.mutirao.contracts.topic.Topics;
import io.mutirao.messaging.kafka.Clients;
import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Sends answers, once and with patience for a few seconds: who asked and hears nothing asks again,
 * and no lane waits for it.
 */
final class Replies implements AutoCloseable {

  private static final Logger log = Logger.getLogger(Replies.class);
  private static final int PATIENCE_MILLIS = 5_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final int partitions;

  /**
   * Sends over a producer of its own.
   *
   * @param partitions how many the topic of the gateways' answers has
   */
  Replies(Clients clients, int partitions) {
    this.producer = clients.bestEffortProducer("replies", PATIENCE_MILLIS);
    this.partitions = partitions;
  }

  void send(ProducerRecord<byte[], byte[]> answer) {
    Integer partition = answer.partition();
    if (answer.topic().equals(Topics.REPLIES.name())
        && (partition == null || partition < partitions)) {
      produce(answer);
    } else {
      // A topic or partition that the caller made up may not exist: then the producer waits for it.
      Thread.startVirtualThread(() -> produce(answer));
    }
  }

  private void produce(ProducerRecord<byte[], byte[]> answer) {
    try {
      producer.send(
          answer,
          (_, error) -> {
            if (error != null) {
              log.warnf("An answer was lost: %s", error.getMessage());
            }
          });
    } catch (KafkaException e) {
      log.warnf("An answer to %s could not be sent: %s", answer.topic(), e.getMessage());
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
