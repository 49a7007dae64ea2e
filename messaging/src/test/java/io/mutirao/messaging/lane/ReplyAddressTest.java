package io.mutirao.messaging.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyAddressTest {

  @ParameterizedTest
  @CsvSource({"replies/3, replies, 3", "my.answers, my.answers,"})
  void aTopicAndPerhapsAPartition(String text, String topic, Integer partition) {
    assertThat(ReplyAddress.parse(text)).contains(new ReplyAddress(topic, partition));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a/b/12",
        "replies/",
        "replies/-1",
        "replies/x",
        "/3",
        "r/99999999999",
        "no such topic!"
      })
  void whatNoTopicCanBeCalled(String text) {
    assertThat(ReplyAddress.parse(text)).isEmpty();
  }
}
