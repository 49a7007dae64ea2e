package io.mutirao.messaging.lane;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** What the lanes tell the operator, in metrics and log lines of the same words. */
final class LaneMetrics {

  private static final Logger log = Logger.getLogger(LaneRunner.class);

  private final MeterRegistry registry;
  private final Counter batches;
  private final Counter inputs;
  private final AtomicInteger held = new AtomicInteger();
  private final Set<Integer> stopped = ConcurrentHashMap.newKeySet();

  LaneMetrics(MeterRegistry registry) {
    this.registry = registry;
    batches = registry.counter("mutirao_lane_batches");
    inputs = registry.counter("mutirao_lane_inputs");
    registry.gauge("mutirao_lanes_held", held, AtomicInteger::get);
    registry.gauge("mutirao_lanes_stopped", stopped, Set::size);
  }

  void batch(int count) {
    batches.increment();
    inputs.increment(count);
  }

  void held(int count) {
    held.set(count);
  }

  void forwarded(ConsumerRecord<?, ?> record) {
    registry.counter("mutirao_lane_forwarded", "topic", record.topic()).increment();
    log.debugf(
        "A message on %s-%d belongs to another lane and was forwarded there",
        record.topic(), record.partition());
  }

  void deadLetter(ConsumerRecord<?, ?> record, String reason) {
    registry.counter("mutirao_dead_letters", "topic", record.topic()).increment();
    log.warnf(
        "A message could not be read and went to dead.letters; the lane goes on. Mend its producer"
            + " and send it again. topic=%s partition=%d offset=%d reason=%s",
        record.topic(), record.partition(), record.offset(), reason);
  }

  void takenOver(int lane, String why, int repeated) {
    registry.counter("mutirao_lane_takeovers", Tags.of("reason", why)).increment();
    log.infof("Lane %d taken over (%s); %d messages produced again", lane, why, repeated);
  }

  void stopped(int lane, String why) {
    stopped.add(lane);
    log.errorf(
        "LANE STOPPED: nothing of lane %d is carried out until this is mended and the service is"
            + " restarted. %s",
        lane, why);
  }
}
