package io.mutirao.dispatcher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mutirao.contracts.job.Dependency;
import io.mutirao.contracts.job.Task;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a job whose tasks are read, then clean and count, then tell. */
final class SelectionTest {

  private static final List<Task> TASKS =
      List.of(
          task("tell", "clean", "count"),
          task("clean", "read"),
          task("count", "read"),
          task("read"));

  @ParameterizedTest
  @CsvSource(
      value = {
        "clean, clean",
        "clean tell, tell clean",
        "+clean, clean read",
        "clean+, tell clean",
        "+clean+, tell clean read",
        "+tell, tell clean count read",
        "read+, tell clean count read",
        "read+ read, tell clean count read",
        "+read, read"
      })
  void aPlusMeansAllOnThatSide(String words, String keys) {
    assertThat(String.join(" ", Selection.of(TASKS, List.of(words.split(" "))))).isEqualTo(keys);
  }

  @ParameterizedTest
  @CsvSource({"a, a", "+a, a", "a+, a", "+a+, a", "+, ''", "++, ''", "a+b, a+b"})
  void theKeyIsWhatStandsWithoutThem(String word, String key) {
    assertThat(Selection.key(word)).isEqualTo(key);
  }

  private static Task task(String key, String... upstream) {
    Task plain = Task.of(key, "noop", JsonNodeFactory.instance.objectNode());
    return new Task(
        key,
        plain.kind(),
        plain.spec(),
        plain.pool(),
        Arrays.stream(upstream).map(name -> new Dependency(name, null)).toList(),
        plain.runIf(),
        plain.retry(),
        plain.timeoutSeconds(),
        plain.warnAfterSeconds(),
        plain.notifications(),
        plain.setup());
  }
}
