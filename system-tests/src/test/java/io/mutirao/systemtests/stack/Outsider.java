package io.mutirao.systemtests.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Somebody who produces messages of his own: bytes, headers, and any partition. */
public record Outsider(String bootstrap) {

  /**
   * Sends one record and waits for the broker's acknowledgement.
   *
   * @param partition null: as the key hashes
   */
  public RecordMetadata send(
      String topic,
      @Nullable Integer partition,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Map<String, String> headers) {
    var settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("acks", "all");
    settings.put("max.request.size", Integer.toString(16 << 20));
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      var record = new ProducerRecord<>(topic, partition, key, value);
      headers.forEach(
          (name, text) -> record.headers().add(new RecordHeader(name, text.getBytes(UTF_8))));
      return producer.send(record).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Text with an id, to where it says that the answer should go. */
  public RecordMetadata send(
      String topic, @Nullable Integer partition, String value, Map<String, String> headers) {
    return send(topic, partition, null, value.getBytes(UTF_8), headers);
  }

  public void createTopic(String name) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
