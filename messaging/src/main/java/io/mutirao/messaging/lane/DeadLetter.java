package io.mutirao.messaging.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.topic.Headers;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.messaging.kafka.Clients;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** A record that was set aside: as it was, with the reason and where it stood. */
final class DeadLetter {

  private static final int LONGEST_REASON = 1_000;

  /** So much is added to a record that the letter of the largest one would not fit its topic. */
  private static final int LARGEST_WHOLE = Clients.MAX_MESSAGE_BYTES - 64 * 1024;

  private static final int CUT_TO = 64 * 1024;

  static ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record, String reason) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    ProducerRecord<byte[], byte[]> letter;
    if (size(record, value) <= LARGEST_WHOLE) {
      letter = new ProducerRecord<>(Topics.DEAD_LETTERS, record.partition(), record.key(), value);
      record.headers().forEach(letter.headers()::add);
      add(letter, Headers.REASON, brief(reason));
    } else {
      byte[] beginning = Arrays.copyOf(value, Math.min(value.length, CUT_TO));
      letter = new ProducerRecord<>(Topics.DEAD_LETTERS, record.partition(), null, beginning);
      add(letter, Headers.REASON, brief(reason) + " (cut: too large to be kept whole)");
    }
    add(letter, Headers.TOPIC, record.topic());
    add(letter, Headers.PARTITION, String.valueOf(record.partition()));
    add(letter, Headers.OFFSET, String.valueOf(record.offset()));
    return letter;
  }

  /** One line; a reason may quote what it complains of, and that may be long. */
  static String brief(String reason) {
    boolean fits = reason.length() <= LONGEST_REASON;
    String kept = fits ? reason : reason.substring(0, LONGEST_REASON) + "…";
    return kept.replaceAll("\\s*\\R\\s*", " ");
  }

  private static int size(ConsumerRecord<byte[], byte[]> record, byte[] value) {
    int size = value.length + (record.key() == null ? 0 : record.key().length);
    for (Header header : record.headers()) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }

  private static void add(ProducerRecord<?, ?> letter, String header, String text) {
    letter.headers().add(header, text.getBytes(UTF_8));
  }

  private DeadLetter() {}
}
