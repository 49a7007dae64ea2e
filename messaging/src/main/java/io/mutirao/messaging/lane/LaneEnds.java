package io.mutirao.messaging.lane;

import io.mutirao.messaging.lane.LaneBatch.CaughtUp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker where lanes end, at most once a second, over a connection of its own: on the
 * consumer's the question would wait behind a fetch that rests there.
 */
final class LaneEnds implements AutoCloseable {

  /**
   * Where the lanes ended.
   *
   * @param caughtUp what a batch is told that has read up to there
   */
  record Ends(Map<TopicPartition, Long> offsets, CaughtUp caughtUp) {}

  private static final Logger log = Logger.getLogger(LaneEnds.class);
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long CONTACT_LOST_NANOS = Duration.ofSeconds(3).toNanos();

  private final Admin admin;
  private long lastContact = System.nanoTime() - CONTACT_LOST_NANOS;
  private long contactSince = System.nanoTime();

  LaneEnds(Admin admin) {
    this.admin = admin;
  }

  /** Null when nothing is asked, when it was asked a moment ago, or when the broker is away. */
  @Nullable Ends ask(List<TopicPartition> partitions) throws InterruptedException {
    long nanos = System.nanoTime();
    if (partitions.isEmpty() || nanos - lastContact < PAUSE_NANOS) {
      return null;
    }
    try {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      admin
          .listOffsets(
              partitions.stream().collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest())))
          .all()
          .get(1, TimeUnit.SECONDS)
          .forEach((partition, end) -> offsets.put(partition, end.offset()));
      if (System.nanoTime() - lastContact > CONTACT_LOST_NANOS) {
        contactSince = System.nanoTime();
      }
      lastContact = System.nanoTime();
      return new Ends(offsets, new CaughtUp(nanos, contactSince));
    } catch (TimeoutException | ExecutionException e) {
      log.warnf(
          "The broker does not say where the lanes end; no worker is judged by its silence until it"
              + " does: %s",
          e);
      return null;
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
