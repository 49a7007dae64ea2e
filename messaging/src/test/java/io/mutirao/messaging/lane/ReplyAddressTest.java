package io.mutirao.messaging.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplyAddressTest {

  @ParameterizedTest
  @CsvSource({
    "replies/3,      replies,      3",
    "my.answers,     my.answers,",
    "a/b/12,         a/b,          12",
    "replies/,       replies/,",
    "replies/-1,     replies/-1,",
    "replies/x,      replies/x,",
    "/3,             /3,",
    "r/99999999999,  r/99999999999,"
  })
  void aTopicAndPerhapsAPartition(String text, String topic, Integer partition) {
    assertThat(ReplyAddress.parse(text)).isEqualTo(new ReplyAddress(topic, partition));
  }
}
