package io.mutirao.contracts.topic;

/** Header names: CloudEvents 1.0 in Kafka's binary mode, W3C trace context, and our own few. */
public final class Headers {

  public static final String CE_SPECVERSION = "ce_specversion";

  /** Stable over repeats. Absent from an outside producer: topic, partition and offset stand in. */
  public static final String CE_ID = "ce_id";

  public static final String CE_TYPE = "ce_type";
  public static final String CE_SOURCE = "ce_source";
  public static final String CE_TIME = "ce_time";
  public static final String CONTENT_TYPE = "content-type";
  public static final String TRACEPARENT = "traceparent";

  /** Where the answer to a command goes: {@code topic} or {@code topic/partition}. */
  public static final String REPLY_TO = "mutirao_reply_to";

  /** On dead letters: why, and where the record stood. */
  public static final String REASON = "mutirao_reason";

  public static final String TOPIC = "mutirao_topic";
  public static final String PARTITION = "mutirao_partition";
  public static final String OFFSET = "mutirao_offset";

  /** {@code ce_type} is this and the message's simple name. */
  public static final String TYPE_PREFIX = "io.mutirao.";

  private Headers() {}
}
