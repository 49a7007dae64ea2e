package io.mutirao.messaging.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Batches of one lane that are committed and produced but not yet acknowledged: at most {@link
 * LaneStore#RING} of them, because the outbox keeps no more. A reply leaves when its own batch and
 * all earlier ones are acknowledged.
 */
final class LanePipeline {

  /** A batch on its way to the broker. */
  final class Sending {
    private final List<ProducerRecord<byte[], byte[]>> hints;
    private final List<ProducerRecord<byte[], byte[]>> messages;
    private final List<ProducerRecord<byte[], byte[]>> replies;
    // One for the batch itself, until all of it is with the producer.
    private int open = 1;
    private @Nullable Long hintedAt;

    private Sending(
        List<ProducerRecord<byte[], byte[]>> hints,
        List<ProducerRecord<byte[], byte[]>> messages,
        List<ProducerRecord<byte[], byte[]>> replies) {
      this.hints = hints;
      this.messages = messages;
      this.replies = replies;
    }

    /** Produces the hints of a batch that is about to be committed. */
    void hint() {
      hintedAt = System.nanoTime();
      produce(this, hints);
    }

    /** Produces a committed batch; does not wait for the broker. */
    void send() {
      synchronized (LanePipeline.this) {
        // A batch without messages takes its place too: the outbox's ring counts batches.
        inFlight.add(this);
      }
      if (hintedAt == null || System.nanoTime() - hintedAt >= LaneChanges.HINT_LEAD.toNanos()) {
        produce(this, hints);
      }
      produce(this, messages);
      acknowledged(this, null);
    }
  }

  private final Producer<byte[], byte[]> messages;
  private final Consumer<ProducerRecord<byte[], byte[]>> replies;
  private final Deque<Sending> inFlight = new ArrayDeque<>();
  private @Nullable Exception failure;

  LanePipeline(
      Producer<byte[], byte[]> messages, Consumer<ProducerRecord<byte[], byte[]>> replies) {
    this.messages = messages;
    this.replies = replies;
  }

  /** Waits until one more batch may be committed. */
  synchronized void awaitRoom() throws Exception {
    while (inFlight.size() >= LaneStore.RING && failure == null) {
      wait();
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Takes a batch that is not committed yet. */
  Sending begin(
      List<ProducerRecord<byte[], byte[]>> hints,
      List<ProducerRecord<byte[], byte[]>> records,
      List<ProducerRecord<byte[], byte[]>> answers) {
    return new Sending(hints, records, answers);
  }

  /** Produces a committed batch; does not wait for the broker. */
  void send(
      List<ProducerRecord<byte[], byte[]>> records, List<ProducerRecord<byte[], byte[]>> answers) {
    begin(List.of(), records, answers).send();
  }

  private void produce(Sending batch, List<ProducerRecord<byte[], byte[]>> records) {
    synchronized (this) {
      batch.open += records.size();
    }
    for (ProducerRecord<byte[], byte[]> record : records) {
      messages.send(record, (_, error) -> acknowledged(batch, error));
    }
  }

  private synchronized void acknowledged(Sending batch, @Nullable Exception error) {
    if (error != null && failure == null) {
      failure = error;
    }
    batch.open--;
    while (failure == null && !inFlight.isEmpty() && inFlight.getFirst().open == 0) {
      inFlight.removeFirst().replies.forEach(replies);
    }
    notifyAll();
  }

  /** Waits until everything is acknowledged, or until {@code millis} have passed. */
  synchronized boolean drained(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (!inFlight.isEmpty() && failure == null) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return failure == null;
  }

  /** Whether this producer failed for good; the lane must be taken over with a new one. */
  @SuppressWarnings("ReferenceEquality") // this very producer, not one like it
  synchronized boolean brokenBy(Producer<byte[], byte[]> current) {
    return failure != null && messages == current;
  }
}
