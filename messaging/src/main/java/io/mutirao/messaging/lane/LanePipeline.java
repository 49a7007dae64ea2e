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

  private static final class InFlight {
    private final List<ProducerRecord<byte[], byte[]>> replies;
    private int open;

    InFlight(int open, List<ProducerRecord<byte[], byte[]>> replies) {
      this.open = open;
      this.replies = replies;
    }
  }

  private final Producer<byte[], byte[]> messages;
  private final Consumer<ProducerRecord<byte[], byte[]>> replies;
  private final Deque<InFlight> inFlight = new ArrayDeque<>();
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

  /** Produces a committed batch; does not wait for the broker. */
  void send(LaneChanges changes) {
    send(changes.messages(), changes.replies());
  }

  void send(
      List<ProducerRecord<byte[], byte[]>> records, List<ProducerRecord<byte[], byte[]>> answers) {
    // A batch without messages takes its place too: the outbox's ring counts batches.
    InFlight batch = new InFlight(records.size() + 1, answers);
    synchronized (this) {
      inFlight.add(batch);
    }
    for (ProducerRecord<byte[], byte[]> record : records) {
      messages.send(record, (_, error) -> acknowledged(batch, error));
    }
    acknowledged(batch, null);
  }

  private synchronized void acknowledged(InFlight batch, @Nullable Exception error) {
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
