package io.mutirao.contracts.topic;

import io.mutirao.contracts.id.Lanes;

/**
 * Whatever crosses a topic. Its JSON names its type in {@code type}, so that a producer outside
 * needs nothing but the JSON. The messages of one topic are a sealed family of their own; {@link
 * Topics} ties them together.
 */
public interface Message {

  /**
   * The partition that this message belongs to.
   *
   * @param messageId its {@code ce_id}: decides where the message itself names nothing
   */
  int lane(Lanes lanes, String messageId);

  /** The Kafka key. Informs readers; the partition is always {@link #lane}. */
  String key(String messageId);
}
