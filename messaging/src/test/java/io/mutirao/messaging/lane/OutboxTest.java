package io.mutirao.messaging.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class OutboxTest {

  @Test
  void whatIsUnpackedIsWhatWasPackedInTheSameOrder() {
    var full = new ProducerRecord<>("run.events", 3, bytes("8"), bytes("{\"a\":\"São\"}"));
    full.headers().add("ce_id", bytes("registry/0/1/0")).add("twice", bytes("1"));
    full.headers().add("twice", bytes("2")).add("empty", new byte[0]);
    var bare = new ProducerRecord<byte[], byte[]>("task.offers.default", null, null, new byte[0]);

    assertThat(Outbox.unpack(Outbox.pack(List.of(full, bare))))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(full, bare);
  }

  @Test
  void aHeaderWithoutAValueKeepsHavingNone() {
    var record = new ProducerRecord<byte[], byte[]>("dead.letters", 0, null, bytes("x"));
    record.headers().add("nothing", null);

    var header = Outbox.unpack(Outbox.pack(List.of(record))).getFirst().headers().toArray()[0];

    assertThat(header.key()).isEqualTo("nothing");
    assertThat(header.value()).isNull();
  }

  @Test
  void aBatchWithoutMessagesIsNoBlobAtAll() {
    assertThat(Outbox.pack(List.of())).isNull();
  }

  @Test
  void aBlobOfAnotherFormatIsRefusedAndSaysWhatToDo() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Outbox.unpack(new byte[] {9, 0, 0, 0, 0}))
        .withMessageContaining("format 9")
        .withMessageContaining("start the version that wrote it");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
