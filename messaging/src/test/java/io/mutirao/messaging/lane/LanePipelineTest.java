package io.mutirao.messaging.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class LanePipelineTest {

  private final MockProducer<byte[], byte[]> broker =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<String> replied = new ArrayList<>();
  private final LanePipeline pipeline =
      new LanePipeline(broker, answer -> replied.add(new String(answer.value(), UTF_8)));

  @Test
  void anAnswerLeavesWhenAllMessagesOfItsBatchAreAcknowledged() {
    pipeline.send(records("a1", "a2"), records("answer a"));

    broker.completeNext();
    assertThat(replied).isEmpty();
    broker.completeNext();
    assertThat(replied).containsExactly("answer a");
  }

  @Test
  void anAnswerOfABatchWithoutMessagesLeavesAtOnce() {
    pipeline.send(List.of(), records("answer"));

    assertThat(replied).containsExactly("answer");
  }

  @Test
  void anAnswerWaitsForAllEarlierBatchesToo() {
    pipeline.send(records("a"), records("answer a"));
    pipeline.send(List.of(), records("answer b"));
    pipeline.send(List.of(), records("answer c"));

    assertThat(replied).isEmpty();
    broker.completeNext();
    assertThat(replied).containsExactly("answer a", "answer b", "answer c");
  }

  @Test
  void noAnswerLeavesAfterAMessageThatWasNotAcknowledged() {
    pipeline.send(records("a"), records("answer a"));
    pipeline.send(records("b"), records("answer b"));

    broker.errorNext(new KafkaException("gone"));
    broker.completeNext();

    assertThat(replied).isEmpty();
    assertThat(pipeline.brokenBy(broker)).isTrue();
    assertThatExceptionOfType(KafkaException.class).isThrownBy(pipeline::awaitRoom);
  }

  @Test
  void thereIsRoomForAsManyBatchesAsTheOutboxKeeps() throws Exception {
    for (int batch = 0; batch < LaneStore.RING; batch++) {
      pipeline.awaitRoom();
      pipeline.send(records("m" + batch), List.of());
    }
    Thread next = Thread.ofVirtual().start(this::awaitRoom);

    Awaitility.await().until(() -> next.getState() == Thread.State.WAITING);
    broker.completeNext();
    assertThat(next.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void aHintLeavesOnceAheadOfItsBatchWhichWaitsForItToo() {
    LanePipeline.Sending batch = begin("hint", "a", "answer");
    batch.hint();
    assertThat(sent()).containsExactly("hint");

    batch.send();
    assertThat(sent()).containsExactly("hint", "a");
    broker.completeNext();
    assertThat(replied).isEmpty();
    broker.completeNext();
    assertThat(replied).containsExactly("answer");
  }

  @Test
  void aHintThatWasNotAheadLeavesWithItsBatch() {
    begin("hint", "a", "answer").send();

    assertThat(sent()).containsExactly("hint", "a");
  }

  @Test
  void aHintThatWasFarAheadIsRepeated() throws Exception {
    LanePipeline.Sending batch = begin("hint", "a", "answer");
    batch.hint();
    Thread.sleep(LaneChanges.HINT_LEAD);

    batch.send();
    assertThat(sent()).containsExactly("hint", "hint", "a");
  }

  @Test
  void aBatchThatIsNeverCommittedHoldsNothingUp() throws Exception {
    begin("hint", "a", "answer").hint();

    assertThat(pipeline.drained(1)).isTrue();
    pipeline.send(List.of(), records("answer"));
    assertThat(replied).containsExactly("answer");
  }

  private LanePipeline.Sending begin(String hint, String message, String answer) {
    return pipeline.begin(records(hint), records(message), records(answer));
  }

  private List<String> sent() {
    return broker.history().stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  @Test
  void itIsDrainedWhenAllIsAcknowledged() throws Exception {
    pipeline.send(records("a"), List.of());
    assertThat(pipeline.drained(1)).isFalse();

    broker.completeNext();
    assertThat(pipeline.drained(1)).isTrue();
  }

  private void awaitRoom() {
    try {
      pipeline.awaitRoom();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<ProducerRecord<byte[], byte[]>> records(String... values) {
    return Arrays.stream(values)
        .map(value -> new ProducerRecord<byte[], byte[]>("t", value.getBytes(UTF_8)))
        .toList();
  }
}
