package io.mutirao.messaging.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.run.RunCommand.CancelRun;
import io.mutirao.contracts.topic.Headers;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.kafka.Records;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class LaneInputsTest {

  private static final String TOPIC = Topics.RUN_COMMANDS.name();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final LaneInputs inputs =
      new LaneInputs(Map.of(TOPIC, Topics.RUN_COMMANDS), new LaneMetrics(meters));
  private final LaneChanges changes =
      new LaneChanges(new Records("dispatcher", new Lanes(4)), 1, 7, 0, Instant.EPOCH);

  @Test
  void whatCanBeReadAndBelongsHereIsAnInput() {
    var read = inputs.read(List.of(record(1, "{'type':'CancelRun','run':9,'by':'ana'}")), changes);

    assertThat(read)
        .containsExactly(
            new Envelope<>("run.commands/1/5", new CancelRun(new RunId(9), "ana"), null, null));
    assertThat(changes.isEmpty()).isTrue();
  }

  @Test
  void whatCannotBeReadBecomesADeadLetterThatSaysWhyAndWhere() {
    var read = inputs.read(List.of(record(1, "{'type':'CancelRun'}")), changes);

    ProducerRecord<byte[], byte[]> letter = changes.messages().getFirst();
    assertThat(read).isEmpty();
    assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTERS);
    assertThat(new String(letter.value(), UTF_8)).isEqualTo("{\"type\":\"CancelRun\"}");
    assertThat(header(letter, "colour")).isEqualTo("blue");
    assertThat(header(letter, Headers.REASON)).contains("run is missing");
    assertThat(header(letter, Headers.TOPIC)).isEqualTo(TOPIC);
    assertThat(header(letter, Headers.PARTITION)).isEqualTo("1");
    assertThat(header(letter, Headers.OFFSET)).isEqualTo("5");
    assertThat(meters.counter("mutirao_dead_letters", "topic", TOPIC).count()).isEqualTo(1);
  }

  @Test
  void aRecordWithoutAValueIsADeadLetterToo() {
    inputs.read(List.of(new ConsumerRecord<>(TOPIC, 1, 5, null, null)), changes);

    assertThat(changes.messages()).hasSize(1);
  }

  @Test
  void aDeadLetterFitsIntoItsTopicHoweverLargeTheRecordWas() {
    byte[] huge = new byte[Clients.MAX_MESSAGE_BYTES - 200];

    inputs.read(List.of(new ConsumerRecord<>(TOPIC, 1, 5, null, huge)), changes);

    ProducerRecord<byte[], byte[]> letter = changes.messages().getFirst();
    assertThat(letter.value()).hasSizeBetween(1_000, 1_000_000);
    assertThat(header(letter, Headers.REASON)).contains("not JSON").contains("cut");
  }

  @Test
  void aReasonStaysShortHoweverLongTheMistakeWas() {
    String type = "x".repeat(1_000_000);

    inputs.read(List.of(record(1, "{'type':'" + type + "'}")), changes);

    assertThat(header(changes.messages().getFirst(), Headers.REASON)).hasSizeLessThan(2_000);
  }

  @Test
  void whatBelongsToAnotherLaneIsForwardedAsItIs() {
    var record = record(1, "{'type':'CancelRun','run':10,'by':'ana'}");
    record.headers().add(Headers.CE_ID, "c-1".getBytes(UTF_8));
    record.headers().add(Headers.REPLY_TO, "replies/3".getBytes(UTF_8));

    var read = inputs.read(List.of(record), changes);

    ProducerRecord<byte[], byte[]> forwarded = changes.messages().getFirst();
    assertThat(read).isEmpty();
    assertThat(forwarded.topic()).isEqualTo(TOPIC);
    assertThat(forwarded.partition()).isEqualTo(2);
    assertThat(header(forwarded, Headers.CE_ID)).isEqualTo("c-1");
    assertThat(header(forwarded, Headers.REPLY_TO)).isEqualTo("replies/3");
  }

  private static ConsumerRecord<byte[], byte[]> record(int partition, String json) {
    var record =
        new ConsumerRecord<>(
            TOPIC, partition, 5, "9".getBytes(UTF_8), json.replace('\'', '"').getBytes(UTF_8));
    record.headers().add("colour", "blue".getBytes(UTF_8));
    return record;
  }

  private static String header(ProducerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
