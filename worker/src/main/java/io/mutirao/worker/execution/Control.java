package io.mutirao.worker.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.task.WorkerControl;
import io.mutirao.contracts.task.WorkerControl.StopTask;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.contracts.topic.Unreadable;
import io.mutirao.messaging.kafka.Records;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Hears what this worker is told. It reads from where the topic ends when the worker starts: nobody
 * can have told it anything before its first claim. A message that is lost is sent again with the
 * next beat or report that needs it.
 */
public final class Control implements Runnable {

  private static final Logger LOG = Logger.getLogger(Control.class);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofSeconds(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final WorkerId worker;
  private final TopicPartition partition;
  private final Executions executions;
  private volatile boolean stopping;

  /** Fixes the position: from here on no message is missed. */
  public Control(
      KafkaConsumer<byte[], byte[]> consumer, Lanes lanes, WorkerId worker, Executions executions) {
    this.consumer = consumer;
    this.worker = worker;
    this.executions = executions;
    partition = new TopicPartition(Topics.WORKER_CONTROL.name(), lanes.of(worker.value()));
    consumer.assign(List.of(partition));
    toTheEnd();
  }

  private void toTheEnd() {
    consumer.seekToEnd(List.of(partition));
    consumer.position(partition);
  }

  @Override
  public void run() {
    try (consumer) {
      while (!stopping) {
        listen();
      }
    } catch (WakeupException _) {
      LOG.debug("No more control messages are read");
    }
  }

  private void listen() {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.key() != null && worker.value().equals(new String(record.key(), UTF_8))) {
          obey(record);
        }
      }
    } catch (InvalidOffsetException e) {
      LOG.warn("The control topic does not hold our position any more; reading on at its end", e);
      toTheEnd();
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("Control messages cannot be read for the moment; a cancelled task may run on", e);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void obey(ConsumerRecord<byte[], byte[]> record) {
    try {
      switch (Records.read(Topics.WORKER_CONTROL, record).message()) {
        case StopTask stop when stop.worker().equals(worker) -> {
          LOG.infof("Attempt %s is to stop", stop.attempt());
          executions.stop(stop.attempt(), StopReason.ASKED, GRACE);
        }
        case WorkerControl other -> LOG.debugf("Not for this life of the worker: %s", other);
      }
    } catch (Unreadable e) {
      LOG.warnf(
          "A control message is ignored, %s: %s", Records.coordinates(record), e.getMessage());
    }
  }

  public void stop() {
    stopping = true;
    consumer.wakeup();
  }
}
