package io.mutirao.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class GoldenFilesTest {

  @TestFactory
  Stream<DynamicNode> everyMessageOfEveryTopicIsReadAndWrittenAsItsGoldenFile() {
    return Families.TOPICS.stream()
        .map(topic ->
            dynamicContainer(
                topic.name(),
                Families.messages(topic).stream()
                    .map(type ->
                        dynamicTest(
                            type.getSimpleName(),
                            () -> holds(type.getSimpleName(), Examples.of(type))))));
  }

  @TestFactory
  Stream<DynamicNode> soDoTheFilesOfWhatMessagesGotLater() {
    return Examples.LATER.entrySet().stream()
        .map(later -> dynamicTest(later.getKey(), () -> holds(later.getKey(), later.getValue())));
  }

  private static void holds(String file, Message example) throws Exception {
    var topic =
        Families.TOPICS.stream().filter(t -> t.type().isInstance(example)).findAny().orElseThrow();

    assertThat(Codec.JSON.readTree(Codec.encode(example))).isEqualTo(Golden.json(file));
    assertThat((Object) Codec.decode(topic, Codec.JSON.writeValueAsBytes(Golden.json(file))))
        .isEqualTo(example);
  }

  @Test
  void noGoldenFileIsLeftWithoutItsMessage() throws Exception {
    var known =
        Stream.concat(
                Families.TOPICS.stream()
                    .flatMap(topic -> Families.messages(topic).stream())
                    .map(Class::getSimpleName),
                Examples.LATER.keySet().stream())
            .map(name -> name + ".json")
            .toList();
    try (var files = Files.list(Path.of("src/test/resources/golden"))) {
      assertThat(files.map(file -> file.getFileName().toString())).hasSameElementsAs(known);
    }
  }

  @Test
  void noTwoMessagesHaveTheSameName() {
    assertThat(
            Families.TOPICS.stream()
                .flatMap(topic -> Families.messages(topic).stream())
                .map(Class::getSimpleName))
        .doesNotHaveDuplicates();
  }
}
