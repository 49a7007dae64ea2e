package io.mutirao.messaging.lane;

import io.mutirao.contracts.topic.Message;
import io.mutirao.messaging.kafka.Envelope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One batch of one lane.
 *
 * @param inputs in the order of their topic; empty when only time has passed
 * @param now by the database's clock
 * @param nanos {@link System#nanoTime} before the inputs were polled: for silence, never for dates
 * @param caughtUp only when this lane was read to its end; silence may be judged
 */
public record LaneBatch(
    int lane,
    List<Envelope<? extends Message>> inputs,
    Instant now,
    long nanos,
    @Nullable CaughtUp caughtUp) {

  /**
   * All that was in the lane at {@code nanos} has been handled.
   *
   * @param nanos read before the lane's end was asked for
   * @param contactSince since when the broker has answered without a break; whoever was silent
   *     before that may only have been unheard
   */
  public record CaughtUp(long nanos, long contactSince) {}
}
