package io.mutirao.messaging.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.run.RunCommand;
import io.mutirao.contracts.run.RunCommand.CancelRun;
import io.mutirao.contracts.topic.Headers;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.kafka.Records;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class LaneChangesTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final RunCommand CANCEL = new CancelRun(new RunId(9), "ana");
  private final LaneChanges changes =
      new LaneChanges(new Records("dispatcher", new Lanes(4)), 1, 7, 20, NOW);

  @Test
  void aMessageGoesToItsLaneUnderAnIdThatARepeatHasToo() {
    changes.send(Topics.RUN_COMMANDS, CANCEL, null);
    changes.send(Topics.RUN_COMMANDS, CANCEL, null);

    assertThat(changes.messages()).extracting(ProducerRecord::partition).containsExactly(1, 1);
    assertThat(changes.messages())
        .extracting(record -> header(record, Headers.CE_ID))
        .containsExactly("dispatcher/1/7/0", "dispatcher/1/7/1");
  }

  @Test
  void theTraceOfTheCauseGoesOn() {
    changes.send(Topics.RUN_COMMANDS, CANCEL, new Envelope<>("c", CANCEL, null, "00-ab-cd-01"));

    assertThat(header(changes.messages().getFirst(), Headers.TRACEPARENT)).isEqualTo("00-ab-cd-01");
  }

  @Test
  void aMessageThatTheBrokerWouldRefuseIsTooLarge() {
    var large = new CancelRun(new RunId(9), "a".repeat(Clients.MAX_MESSAGE_BYTES));

    assertThatExceptionOfType(LaneChanges.TooLarge.class)
        .isThrownBy(() -> changes.send(Topics.RUN_COMMANDS, large, null))
        .withMessageContaining("run.commands");
    assertThat(changes.messages()).isEmpty();
  }

  @Test
  void aHintIsKeptWithTheMessagesUnderAnIdOfItsOwn() {
    changes.send(Topics.RUN_COMMANDS, CANCEL, null);
    changes.hint(Topics.RUN_COMMANDS, CANCEL, null);
    changes.send(Topics.RUN_COMMANDS, CANCEL, null);

    assertThat(changes.kept())
        .extracting(record -> header(record, Headers.CE_ID))
        .containsExactlyInAnyOrder("dispatcher/1/7/0", "dispatcher/1/7/1", "dispatcher/1/7/2");
    assertThat(changes.isEmpty()).isFalse();
  }

  @Test
  void aHintIsAheadOfItsCommitIfTakeOversSkipAllIdsThatItMayName() {
    assertThat(changes.mayHint()).as("nothing to hint at").isFalse();
    changes.hint(Topics.RUN_COMMANDS, CANCEL, null);
    for (int i = 0; i < LaneChanges.HINTED_IDS; i++) {
      changes.mintId();
    }
    assertThat(changes.mayHint()).isTrue();
    changes.mintId();
    assertThat(changes.mayHint()).isFalse();
  }

  @Test
  void whoNamesNoAddressGetsNoAnswer() {
    changes.reply(new Envelope<>("c", CANCEL, null, null), Accepted.ofJob("c", new JobId(1), 1));

    assertThat(changes.isEmpty()).isTrue();
  }

  @Test
  void anAnswerGoesToTheAddressOfItsCommand() {
    changes.reply(
        new Envelope<>("c", CANCEL, "replies/2", null), Accepted.ofJob("c", new JobId(1), 1));

    var answer = changes.replies().getFirst();
    assertThat(answer.topic()).isEqualTo("replies");
    assertThat(answer.partition()).isEqualTo(2);
  }

  @Test
  void idsAreMintedInTheLaneAndGoOnWhereTheDatabaseSaidItWas() {
    assertThat(changes.mintId()).isEqualTo(21 * 4 + 1);
    assertThat(changes.mintId()).isEqualTo(22 * 4 + 1);
    assertThat(changes.minted()).isEqualTo(22);
  }

  private static String header(ProducerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
