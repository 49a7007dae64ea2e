package io.mutirao.messaging.kafka;

import io.mutirao.contracts.topic.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message with what travels in its headers.
 *
 * @param id {@code ce_id}, or {@code topic/partition/offset} where the producer gave none
 * @param replyTo {@code topic} or {@code topic/partition} for the answer, if one is wanted
 * @param traceparent W3C trace context, handed on to whatever this message causes
 */
public record Envelope<M extends Message>(
    String id, M message, @Nullable String replyTo, @Nullable String traceparent) {}
