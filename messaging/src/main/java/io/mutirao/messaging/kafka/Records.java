package io.mutirao.messaging.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.contracts.topic.Headers;
import io.mutirao.contracts.topic.Message;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.contracts.topic.Unreadable;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Messages as Kafka records and back: CloudEvents headers in binary mode, JSON as the value, the
 * partition always the message's lane.
 *
 * @param source who sends, as {@code ce_source}
 */
public record Records(String source, Lanes lanes) {

  private static final byte[] SPECVERSION = "1.0".getBytes(UTF_8);
  private static final byte[] JSON = "application/json".getBytes(UTF_8);

  public <M extends Message> ProducerRecord<byte[], byte[]> write(
      Topic<M> topic, Envelope<? extends M> envelope, Instant now) {
    M message = envelope.message();
    String id = envelope.id();
    return write(topic.name(), message.lane(lanes, id), envelope, now);
  }

  /** As {@link #write(Topic, Envelope, Instant)}, to a partition of the caller's choice. */
  public ProducerRecord<byte[], byte[]> write(
      String topic, @Nullable Integer partition, Envelope<?> envelope, Instant now) {
    Message message = envelope.message();
    String id = envelope.id();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, partition, message.key(id).getBytes(UTF_8), Codec.encode(message));
    var headers = record.headers();
    headers.add(Headers.CE_SPECVERSION, SPECVERSION);
    headers.add(Headers.CE_ID, id.getBytes(UTF_8));
    headers.add(
        Headers.CE_TYPE,
        (Headers.TYPE_PREFIX + message.getClass().getSimpleName()).getBytes(UTF_8));
    headers.add(Headers.CE_SOURCE, source.getBytes(UTF_8));
    headers.add(Headers.CE_TIME, now.toString().getBytes(UTF_8));
    headers.add(Headers.CONTENT_TYPE, JSON);
    if (envelope.traceparent() != null) {
      headers.add(Headers.TRACEPARENT, envelope.traceparent().getBytes(UTF_8));
    }
    if (envelope.replyTo() != null) {
      headers.add(Headers.REPLY_TO, envelope.replyTo().getBytes(UTF_8));
    }
    return record;
  }

  /**
   * Reads a record of a topic.
   *
   * @throws Unreadable when it is not a message of that topic
   */
  public static <M extends Message> Envelope<M> read(
      Topic<M> topic, ConsumerRecord<byte[], byte[]> record) throws Unreadable {
    byte[] value = record.value();
    if (value == null) {
      throw new Unreadable("a record without a value");
    }
    M message = Codec.decode(topic, value);
    String id = text(record, Headers.CE_ID);
    return new Envelope<>(
        id == null || id.isBlank() ? coordinates(record) : id,
        message,
        text(record, Headers.REPLY_TO),
        text(record, Headers.TRACEPARENT));
  }

  /** Where a record stands: an id for those that bring none. */
  public static String coordinates(ConsumerRecord<?, ?> record) {
    return record.topic() + "/" + record.partition() + "/" + record.offset();
  }

  public static @Nullable String text(ConsumerRecord<?, ?> record, String header) {
    Header found = record.headers().lastHeader(header);
    return found == null || found.value() == null ? null : new String(found.value(), UTF_8);
  }
}
