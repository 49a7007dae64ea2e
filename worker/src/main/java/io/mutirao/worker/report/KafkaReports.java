package io.mutirao.worker.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.task.TaskReport;
import io.mutirao.contracts.topic.Headers;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.kafka.Records;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reports through one idempotent producer that never gives up. A failure that is not the broker's
 * absence ends the worker: its attempts are then ended as lost, which is the truth.
 */
public final class KafkaReports implements Reports, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(KafkaReports.class);

  private final KafkaProducer<byte[], byte[]> producer;
  private final Records records;
  private final WorkerId worker;
  private final Clock clock;
  private final Runnable giveUp;
  private final AtomicLong count = new AtomicLong();
  private volatile boolean closing;

  /**
   * @param giveUp ends this worker
   */
  public KafkaReports(
      KafkaProducer<byte[], byte[]> producer,
      Records records,
      WorkerId worker,
      Clock clock,
      Runnable giveUp) {
    this.producer = producer;
    this.records = records;
    this.worker = worker;
    this.clock = clock;
    this.giveUp = giveUp;
  }

  @Override
  public CompletableFuture<Void> send(TaskReport report, @Nullable String traceparent) {
    String id = worker.value() + "/" + count.incrementAndGet();
    CompletableFuture<Void> safe = new CompletableFuture<>();
    produce(
        records.write(
            Topics.TASK_REPORTS, new Envelope<>(id, report, null, traceparent), clock.instant()),
        safe);
    return safe;
  }

  private void produce(ProducerRecord<byte[], byte[]> message, CompletableFuture<Void> safe) {
    producer.send(
        message,
        (_, failure) -> {
          switch (failure) {
            case null -> safe.complete(null);
            case TimeoutException _ when !closing ->
                // There was no room or no partition list while the broker was away.
                Thread.ofVirtual().name("report-again").start(() -> produce(message, safe));
            default -> {
              if (!closing) {
                LOG.error(
                    "A report cannot be delivered; this worker ends itself, and its attempts will be ended as lost",
                    failure);
                giveUp.run();
              }
              safe.completeExceptionally(failure);
            }
          }
        });
  }

  /** Keeps what could not be read, for the operator. */
  public void deadLetter(ConsumerRecord<byte[], byte[]> record, String reason) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(Topics.DEAD_LETTERS, null, record.key(), record.value());
    record.headers().forEach(letter.headers()::add);
    letter.headers().add(Headers.REASON, reason.getBytes(UTF_8));
    letter.headers().add(Headers.TOPIC, record.topic().getBytes(UTF_8));
    letter.headers().add(Headers.PARTITION, String.valueOf(record.partition()).getBytes(UTF_8));
    letter.headers().add(Headers.OFFSET, String.valueOf(record.offset()).getBytes(UTF_8));
    produce(letter, new CompletableFuture<>());
  }

  /** Sends what is not sent yet, for at most two seconds. */
  @Override
  public void close() {
    closing = true;
    producer.close(Duration.ofSeconds(2));
  }
}
