package io.mutirao.messaging.lane;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells the group how far the lanes are, at most once a second: for lag metrics only, the database
 * decides.
 */
final class Progress {

  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Consumer<?, ?> consumer;
  private long lastTold = System.nanoTime();
  private Map<TopicPartition, OffsetAndMetadata> told = Map.of();

  Progress(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  void tell(Collection<Lane> lanes) {
    if (System.nanoTime() - lastTold < PAUSE_NANOS) {
      return;
    }
    lastTold = System.nanoTime();
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    for (Lane lane : lanes) {
      for (int i = 0; i < lane.partitions.size() && lane.state == Lane.State.HELD; i++) {
        positions.put(lane.partitions.get(i), new OffsetAndMetadata(lane.offsets[i]));
      }
    }
    if (!positions.equals(told)) {
      told = positions;
      consumer.commitAsync(positions, null);
    }
  }
}
