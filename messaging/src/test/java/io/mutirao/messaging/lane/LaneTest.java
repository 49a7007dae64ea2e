package io.mutirao.messaging.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a lane knows of what it has read, so that a take-over need not read it once more. */
final class LaneTest {

  private static final TopicPartition COMMANDS = new TopicPartition("commands", 0);
  private static final TopicPartition REPORTS = new TopicPartition("reports", 0);
  private static final Map<TopicPartition, Long> POSITIONS = Map.of(COMMANDS, 12L, REPORTS, 5L);

  private final Lane lane = newLane();

  @Test
  void aNewLaneHasReadNothing() {
    assertThat(lane.hasRead(new long[] {10, 5}, POSITIONS::get)).containsExactly(false, false);
  }

  @Test
  void aBatchThatFailedIsStillThere() {
    readTenToTwelve();

    assertThat(lane.hasRead(new long[] {10, 5}, POSITIONS::get)).containsExactly(true, true);
    lane.moveTo(new long[] {10, 5}, new int[] {0, 0});
    assertThat(lane.unhandled).extracting(ConsumerRecord::offset).containsExactly(10L, 11L);
  }

  @Test
  void whatWasCommittedWithoutOurKnowingItIsNotHandledAgain() {
    readTenToTwelve();

    assertThat(lane.hasRead(new long[] {11, 5}, POSITIONS::get)).containsExactly(true, true);
    lane.moveTo(new long[] {11, 5}, new int[] {0, 0});
    assertThat(lane.unhandled).extracting(ConsumerRecord::offset).containsExactly(11L);
  }

  @Test
  void whatLiesBeforeOrBeyondIsReadFromTheLog() {
    readTenToTwelve();

    assertThat(lane.hasRead(new long[] {9, 6}, POSITIONS::get)).containsExactly(false, false);
  }

  private void readTenToTwelve() {
    lane.moveTo(new long[] {10, 5}, new int[] {0, 0});
    lane.unhandled.add(record(10));
    lane.unhandled.add(record(11));
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>(COMMANDS.topic(), 0, offset, new byte[0], new byte[0]);
  }

  private static Lane newLane() {
    return new Lane(0, List.of(COMMANDS, REPORTS), new LanePipeline(new MockProducer<>(), _ -> {}));
  }
}
