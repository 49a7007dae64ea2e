package io.mutirao.messaging.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One lane as this instance holds it. */
final class Lane {

  /**
   * Held: memory and database agree. Doubted: to be taken over. Stopped: alarm, nothing happens.
   */
  enum State {
    DOUBTED,
    HELD,
    STOPPED
  }

  final int number;
  final List<TopicPartition> partitions;
  State state = State.DOUBTED;
  String doubt = "assigned";
  long notBefore = System.nanoTime();
  long batch;
  long minted;
  long[] offsets = new long[0];
  int[] epochs = new int[0];

  /** What was read from the offsets on and is not handled; in order within each topic. */
  final List<ConsumerRecord<byte[], byte[]>> unhandled = new ArrayList<>();

  long[] isolateUntil = new long[0];

  /** Since the lane was taken over for a wrong presumption, nothing was committed. */
  boolean presumedWrongly;

  LanePipeline pipeline;

  Lane(int number, List<TopicPartition> partitions, LanePipeline pipeline) {
    this.number = number;
    this.partitions = partitions;
    this.pipeline = pipeline;
  }

  int indexOf(String topic) {
    for (int i = 0; i < partitions.size(); i++) {
      if (partitions.get(i).topic().equals(topic)) {
        return i;
      }
    }
    throw new IllegalArgumentException(topic);
  }

  /**
   * A batch failed as a whole: until its end, inputs go one by one, so that one alone is blamed.
   */
  boolean isolating() {
    for (int i = 0; i < isolateUntil.length; i++) {
      if (offsets[i] < isolateUntil[i]) {
        return true;
      }
    }
    return false;
  }

  /** What lies before these offsets is handled. */
  void moveTo(long[] handled, int[] leaders) {
    offsets = handled;
    epochs = leaders;
    unhandled.removeIf(record -> !awaits(record));
  }

  /** Whether this record has not been handled yet. */
  boolean awaits(ConsumerRecord<?, ?> record) {
    return record.offset() >= offsets[indexOf(record.topic())];
  }

  /**
   * Of each topic, whether all from this offset up to the consumer's position stands in {@link
   * #unhandled}. It holds what was read since the lane's own offset.
   */
  boolean[] hasRead(long[] from, ToLongFunction<TopicPartition> position) {
    boolean[] read = new boolean[from.length];
    for (int i = 0; i < offsets.length; i++) {
      read[i] = offsets[i] <= from[i] && from[i] <= position.applyAsLong(partitions.get(i));
    }
    return read;
  }

  boolean readTo(Map<TopicPartition, Long> ends) {
    for (int i = 0; i < partitions.size(); i++) {
      if (offsets[i] < ends.getOrDefault(partitions.get(i), Long.MAX_VALUE)) {
        return false;
      }
    }
    return true;
  }
}
