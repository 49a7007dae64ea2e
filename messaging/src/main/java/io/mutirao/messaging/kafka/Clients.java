package io.mutirao.messaging.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka clients with the settings that the promises need.
 *
 * @param bootstrap {@code host:port}, several separated by commas
 * @param instance the name of this process; a restart under the same name takes its lanes back at
 *     once, without waiting for the old session to run out
 */
public record Clients(String bootstrap, String instance) {

  /** The largest message, in bytes: a body of 10 MB and what surrounds it. */
  public static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

  /** Soon there again after a broker; figures are told by /q/metrics, so none are kept for JMX. */
  private static final Map<String, Object> COMMON =
      Map.of(
          CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG,
          500,
          CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG,
          500,
          CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG,
          "");

  /** Never gives up and never reorders: what is committed in the database must get out. */
  public KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings = producerSettings();
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, instance + "-messages");
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    return new KafkaProducer<>(settings);
  }

  /**
   * For what may be lost: answers, and commands whose sender is told when they are.
   *
   * @param timeoutMillis how long a send may take before it fails
   */
  public KafkaProducer<byte[], byte[]> bestEffortProducer(String name, int timeoutMillis) {
    Map<String, Object> settings = producerSettings();
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, instance + "-" + name);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(timeoutMillis, 2_000));
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMillis);
    return new KafkaProducer<>(settings);
  }

  private Map<String, Object> producerSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.putAll(COMMON);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // One request on its way at a time: alone, a message leaves at once; what comes in a crowd
    // gathers meanwhile and leaves together. A broker's work is by the request.
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_MESSAGE_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return settings;
  }

  /**
   * Of a group that shares the lanes: partition n of all its topics goes to the same member. A gap
   * is an error here, never a silent skip.
   */
  public KafkaConsumer<byte[], byte[]> laneConsumer(String group) {
    Map<String, Object> settings = consumerSettings();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, instance + "-lanes");
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 600_000);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
    // A batch stays small in bytes too: at most one message of the largest size, or 1 MB of others.
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_MESSAGE_BYTES);
    // Rests long enough to cost nothing when idle. A lane that comes from another instance waits
    // behind the fetch that rests for those that were here before.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 3_000);
    return new KafkaConsumer<>(settings);
  }

  /** Reads partitions that it is told, of no group. */
  public KafkaConsumer<byte[], byte[]> freeConsumer(String name) {
    Map<String, Object> settings = consumerSettings();
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, instance + "-" + name);
    // An idle fetch rests at the broker for a while and costs nothing.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5_000);
    return new KafkaConsumer<>(settings);
  }

  private Map<String, Object> consumerSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.putAll(COMMON);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return settings;
  }

  /**
   * A member of a share group that acknowledges each record itself.
   *
   * @param maxRecords the most that one poll takes
   */
  public KafkaShareConsumer<byte[], byte[]> shareConsumer(String group, int maxRecords) {
    Map<String, Object> settings = new HashMap<>();
    settings.putAll(COMMON);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, instance + "-offers");
    settings.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxRecords);
    // Without it the broker hands out whole batches, beyond what this member has room for.
    settings.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
    // A worker whose slots are full does not poll for as long as its tasks take.
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.MAX_VALUE);
    // Acknowledgements wait behind a fetch that rests; the locks of offers last much longer.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 3_000);
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return new KafkaShareConsumer<>(settings);
  }

  public Admin admin() {
    Map<String, Object> settings = new HashMap<>(COMMON);
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    return Admin.create(settings);
  }
}
