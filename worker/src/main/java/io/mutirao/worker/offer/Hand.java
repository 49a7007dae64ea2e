package io.mutirao.worker.offer;

import io.mutirao.contracts.task.TaskOffer;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.contracts.topic.Unreadable;
import io.mutirao.messaging.kafka.Records;
import io.mutirao.worker.offer.Offer.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.jboss.logging.Logger;

/**
 * The offers that this worker holds locked. Whether an acknowledgement arrives is never asked: the
 * claim decided, and a copy of the offer will be refused, whoever gets it. Of one thread.
 */
final class Hand implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Hand.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration POLL_UNTIL_JOINED = Duration.ofMillis(50);
  private static final Duration RENEWAL = Duration.ofSeconds(3);
  private static final Duration LOCK = Duration.ofSeconds(30);

  private final KafkaShareConsumer<byte[], byte[]> consumer;
  private final Topic<TaskOffer> topic;
  private final BiConsumer<ConsumerRecord<byte[], byte[]>, String> deadLetters;
  private final Map<Place, ConsumerRecord<byte[], byte[]>> held = new LinkedHashMap<>();
  private final List<Offer> unclaimed = new ArrayList<>();

  /** When the locks were taken or last renewed, as {@link System#nanoTime}. */
  private long lockedAt;

  private boolean joined;
  private boolean lost;

  Hand(
      KafkaShareConsumer<byte[], byte[]> consumer,
      Topic<TaskOffer> topic,
      BiConsumer<ConsumerRecord<byte[], byte[]>, String> deadLetters) {
    this.consumer = consumer;
    this.topic = topic;
    this.deadLetters = deadLetters;
    consumer.subscribe(List.of(topic.name()));
  }

  /** Takes offers; sends the acknowledgements that wait. Only with nothing in hand. */
  void fill() {
    lockedAt = System.nanoTime();
    receive(consumer.poll(joined ? POLL : POLL_UNTIL_JOINED));
    joined = joined || hasJoined();
  }

  private void receive(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Place place = new Place(record.partition(), record.offset());
      if (held.put(place, record) == null) {
        read(record, place);
      }
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> record, Place place) {
    try {
      var envelope = Records.read(topic, record);
      switch (envelope.message()) {
        case OfferTask task -> unclaimed.add(new Offer(task, envelope.traceparent(), place));
      }
    } catch (Unreadable e) {
      LOG.errorf(
          "An offer cannot be read and goes to the dead letters, %s: %s",
          Records.coordinates(record), e.getMessage());
      deadLetters.accept(record, e.getMessage());
      done(place);
    }
  }

  /** The broker gave this member its part of the topic. */
  private boolean hasJoined() {
    return consumer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("rebalance-total"))
        .anyMatch(metric -> metric.getValue().metricValue() instanceof Double d && d >= 1);
  }

  boolean isJoined() {
    return joined;
  }

  /** Those that nobody has taken from the hand; the caller takes them by removing them. */
  List<Offer> unclaimed() {
    return unclaimed;
  }

  /** The offer is worked off. It is acknowledged with the next {@link #fill} or {@link #flush}. */
  void done(Place place) {
    ConsumerRecord<byte[], byte[]> record = held.remove(place);
    if (record != null) {
      acknowledge(record, AcknowledgeType.ACCEPT);
    }
  }

  /** Sends the acknowledgements that wait. */
  void flush() {
    consumer.commitAsync();
  }

  /** Renews the locks when a third of their time is over. */
  void keep() {
    Duration lock = consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis).orElse(LOCK);
    if (held.isEmpty() || System.nanoTime() - lockedAt < lock.dividedBy(3).toNanos()) {
      return;
    }
    long now = System.nanoTime();
    held.values().forEach(record -> acknowledge(record, AcknowledgeType.RENEW));
    consumer.commitSync(RENEWAL);
    Map<Place, ConsumerRecord<byte[], byte[]>> before = new LinkedHashMap<>(held);
    held.clear();
    // What was renewed comes back with the next poll, before anything new does.
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(RENEWAL)) {
      Place place = new Place(record.partition(), record.offset());
      held.put(place, record);
      if (before.remove(place) == null) {
        read(record, place);
      }
    }
    if (!before.isEmpty()) {
      LOG.warnf(
          "%d offers could not be held any longer; they will be offered again", before.size());
      unclaimed.removeIf(offer -> before.containsKey(offer.place()));
      lose();
    }
    lockedAt = now;
  }

  /**
   * Gives this hand up: its consumer may wait for a lost renewal for ever (seen with Kafka 4.2.1
   * after the broker was killed) and take no offers any more. Another one must be opened.
   */
  void lose() {
    lost = true;
  }

  boolean isLost() {
    return lost;
  }

  private void acknowledge(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
    try {
      consumer.acknowledge(record, type);
    } catch (IllegalStateException e) {
      LOG.debugf("The lock is gone: %s", Records.coordinates(record));
    }
  }

  /** Interrupts what waits; from any thread. */
  void wakeup() {
    consumer.wakeup();
  }

  /** Gives back what is in hand. */
  @Override
  public void close() {
    // What interrupted the waiting must not interrupt the leave-taking.
    boolean _ = Thread.interrupted();
    consumer.close(Duration.ofSeconds(2));
  }
}
