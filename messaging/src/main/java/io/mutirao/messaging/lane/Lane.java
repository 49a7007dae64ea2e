package io.mutirao.messaging.lane;

import java.util.List;
import java.util.Map;
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
  long[] isolateUntil = new long[0];
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

  /** Whether this record has not been handled yet. */
  boolean awaits(ConsumerRecord<?, ?> record) {
    return record.offset() >= offsets[indexOf(record.topic())];
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
