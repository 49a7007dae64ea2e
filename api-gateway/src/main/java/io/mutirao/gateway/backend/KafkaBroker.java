package io.mutirao.gateway.backend;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.jboss.logging.Logger;

/** Commands through a producer of Kafka's. */
final class KafkaBroker implements Broker {

  private static final Logger log = Logger.getLogger(KafkaBroker.class);
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(20).toNanos();

  private final KafkaProducer<byte[], byte[]> producer;
  private final Metric connections;
  private final Duration patience;

  /**
   * @param patience how long a broker that is away is waited for
   */
  KafkaBroker(KafkaProducer<byte[], byte[]> producer, Duration patience) {
    this.producer = producer;
    this.patience = patience;
    this.connections =
        producer.metrics().values().stream()
            .filter(metric -> metric.metricName().name().equals("connection-count"))
            .findAny()
            .orElseThrow();
  }

  @Override
  public Sent send(ProducerRecord<byte[], byte[]> command, CompletableFuture<?> failure) {
    if (!awaitConnection()) {
      return Sent.NOT_PRODUCED;
    }
    Handover handover = new Handover();
    try {
      producer.send(
          command,
          (_, error) -> {
            if (error != null && !handover.failedInside()) {
              failure.completeExceptionally(error);
            }
          });
    } catch (KafkaException | IllegalStateException e) {
      log.warnf("The producer does not take commands: %s", e.toString());
      return Sent.NOT_PRODUCED;
    }
    return handover.finish();
  }

  /** Asks the broker for a topic; throws when it does not answer. */
  void touch(String topic) {
    producer.partitionsFor(topic);
  }

  void close() {
    producer.close(Duration.ofSeconds(2));
  }

  /**
   * With no connection at all the record would wait in the producer, beyond our reach: produced as
   * soon as the broker is back, though we had said that it was not.
   */
  private boolean awaitConnection() {
    long end = System.nanoTime() + patience.toNanos();
    while (!connected()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return true;
  }

  private boolean connected() {
    return connections.metricValue() instanceof Double count && count > 0;
  }

  /** Tells an error inside {@code send} itself, where the producer never took the record. */
  private static final class Handover {
    private final long sender = Thread.currentThread().threadId();
    private boolean inside = true;
    private boolean failed;

    boolean failedInside() {
      // The thread first: the fields belong to the sender, the producer's own thread never looks.
      if (Thread.currentThread().threadId() == sender && inside) {
        failed = true;
        return true;
      }
      return false;
    }

    Sent finish() {
      inside = false;
      return failed ? Sent.NOT_PRODUCED : Sent.HANDED_OVER;
    }
  }
}
