package io.mutirao.contracts.notice;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message to one target: {@code GET /deliveries}.
 *
 * @param id the same in every try: {@code webhook-id}, and part of {@code Message-ID}
 * @param event START, SUCCESS, FAILURE, SLOW or DELETED
 * @param channel MAIL or DESTINATION
 * @param target an address, or the id of a notification destination
 * @param run none when the job was deleted
 * @param task when it is about one task only
 * @param nextTryAt only while it waits
 * @param endedAt when it was sent or given up
 * @param error of the last try that failed; null: none did
 */
public record DeliveryView(
    String id,
    State state,
    String event,
    String channel,
    String target,
    JobId job,
    @Nullable RunId run,
    @Nullable String task,
    int tries,
    Instant createdAt,
    @Nullable Instant nextTryAt,
    @Nullable Instant endedAt,
    @Nullable String error) {

  /** Where a delivery stands. */
  public enum State {
    /** For its first try or for another one. */
    WAITING,
    /** The target said that it has it. */
    SENT,
    /** Given up; it may be sent again. */
    FAILED
  }
}
