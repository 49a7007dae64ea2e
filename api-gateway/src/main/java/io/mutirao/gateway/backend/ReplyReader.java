package io.mutirao.gateway.backend;

import io.micrometer.core.instrument.Counter;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.contracts.topic.Unreadable;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Installation;
import io.mutirao.messaging.kafka.Records;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads this gateway's partition of {@code replies} from where it ended when we came up: nobody
 * waits for what is older. Another gateway may read the same partition; each takes its own.
 */
final class ReplyReader {

  private static final Logger log = Logger.getLogger(ReplyReader.class);
  private static final Duration REST = Duration.ofSeconds(5);
  private static final Duration POSITION = Duration.ofSeconds(5);
  private static final long RETRY_MILLIS = 200;

  private final Clients clients;
  private final Lanes lanes;
  private final TopicPartition partition;
  private final Correlation correlation;
  private final KafkaBroker broker;
  private final Counter unmatched;
  private final Runnable onMismatch;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = Thread.ofPlatform().name("replies").unstarted(this::run);
  private volatile boolean ready;
  private volatile boolean stopping;

  /**
   * @param onMismatch called when the topics are not as they must be: end, with an error
   */
  ReplyReader(
      Clients clients, Lanes lanes, Waiting waiting, KafkaBroker broker, Runnable onMismatch) {
    this.clients = clients;
    this.lanes = lanes;
    this.partition = partition(clients, lanes);
    this.correlation = waiting.correlation();
    this.unmatched = waiting.unmatched();
    this.broker = broker;
    this.onMismatch = onMismatch;
    this.consumer = clients.freeConsumer("replies");
  }

  /** Those who wait, and the count of replies that came to nobody. */
  record Waiting(Correlation correlation, Counter unmatched) {}

  /** Where the gateway of this name reads its replies, as commands name it. */
  static String address(Clients clients, Lanes lanes) {
    TopicPartition partition = partition(clients, lanes);
    return partition.topic() + "/" + partition.partition();
  }

  private static TopicPartition partition(Clients clients, Lanes lanes) {
    return new TopicPartition(Topics.REPLIES.name(), lanes.of(clients.instance()));
  }

  void start() {
    thread.start();
  }

  /** Whether a reply to a command that is produced now would be heard. */
  boolean ready() {
    return ready && thread.isAlive();
  }

  boolean alive() {
    return thread.isAlive();
  }

  void shutDown() throws InterruptedException {
    stopping = true;
    consumer.wakeup();
    thread.join(Duration.ofSeconds(3));
  }

  private void run() {
    try {
      while (!stopping) {
        try {
          if (!ready) {
            prepare();
            ready = true;
          }
          read();
        } catch (WakeupException e) {
          log.debug("woken up to stop");
        } catch (InvalidOffsetException e) {
          log.warnf("Replies were lost; those who wait for them will be told so: %s", e.toString());
          consumer.seekToEnd(List.of(partition));
        } catch (KafkaException | ExecutionException e) {
          log.warnf("The broker does not answer; trying again: %s", e.toString());
          Thread.sleep(RETRY_MILLIS);
        }
      }
    } catch (Installation.Mismatch e) {
      log.error(e.getMessage());
      onMismatch.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // Of no group, and a leave-taking would wait behind a fetch that rests.
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  private void prepare() throws InterruptedException, ExecutionException {
    try (Admin admin = clients.admin()) {
      new Installation(admin, lanes).prepare();
    }
    broker.touch(Topics.RUN_COMMANDS.name());
    broker.touch(Topics.JOB_COMMANDS.name());
    consumer.assign(List.of(partition));
    consumer.seekToEnd(List.of(partition));
    // seekToEnd alone is lazy: a reply could come between the first command and the first poll.
    consumer.position(partition, POSITION);
  }

  private void read() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(REST)) {
      try {
        Reply reply = Records.read(Topics.REPLIES, record).message();
        if (!correlation.arrived(reply)) {
          unmatched.increment();
        }
      } catch (Unreadable e) {
        unmatched.increment();
        log.warnf(
            "A reply could not be read and is left: %s at %s",
            e.getMessage(), Records.coordinates(record));
      }
    }
  }
}
