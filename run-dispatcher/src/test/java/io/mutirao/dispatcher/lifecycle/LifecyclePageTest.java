package io.mutirao.dispatcher.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.task.Ending;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/run-lifecycle.md} to what the code does: diagram and table are made by asking
 * it for every state and every input. {@code -Ddocs.write=true} writes them anew.
 */
final class LifecyclePageTest {

  private static final Path PAGE = Path.of("..", "docs", "run-lifecycle.md");
  private static final String BEGIN = "<!-- made by LifecyclePageTest -->\n";
  private static final String END = "<!-- end -->\n";

  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final AttemptId ATTEMPT = new AttemptId(7);
  private static final RunId CHILD = new RunId(9);
  private static final WorkerId HOLDER = new WorkerId("worker-1/1");
  private static final WorkerId OTHER = new WorkerId("worker-2/1");
  private static final Becomes CANCELED = new Becomes(Result.CANCELED, Cause.CANCELED_BY_USER, "");
  private static final Becomes EXCLUDED = new Becomes(Result.EXCLUDED, Cause.UPSTREAM, "");
  private static final Becomes DONE = new Becomes(Result.SUCCEEDED, Cause.DONE, "");

  private record Move(String from, String input, String to, List<String> told) {}

  private static Map<String, TaskState> states() {
    Map<String, TaskState> states = new LinkedHashMap<>();
    states.put("Blocked", new TaskState.Blocked());
    states.put("Waiting", new TaskState.Waiting(NOW));
    states.put("Offered", new TaskState.Offered(ATTEMPT, NOW.minusSeconds(60)));
    states.put("Claimed", new TaskState.Claimed(ATTEMPT, HOLDER));
    states.put("Running", new TaskState.Running(ATTEMPT, HOLDER, NOW));
    states.put("Terminating", new TaskState.Terminating(ATTEMPT, HOLDER, null, CANCELED));
    states.put("Delegated", new TaskState.Delegated(ATTEMPT, null, NOW, null));
    states.put("Delegated, ending", new TaskState.Delegated(ATTEMPT, null, NOW, CANCELED));
    states.put("Finished", new TaskState.Finished(DONE, NOW, NOW));
    return states;
  }

  private static Map<String, TaskInput> inputs() {
    Map<String, TaskInput> inputs = new LinkedHashMap<>();
    inputs.put("Begin", new TaskInput.Begin(ATTEMPT));
    inputs.put("Delegate", new TaskInput.Delegate(ATTEMPT, NOW));
    inputs.put("Close", new TaskInput.Close(EXCLUDED));
    inputs.put("ChildStarted", new TaskInput.ChildStarted(ATTEMPT, CHILD));
    inputs.put("ChildEnded", new TaskInput.ChildEnded(ATTEMPT, DONE));
    inputs.put("ClaimsRead: somebody", new TaskInput.ClaimsRead(ATTEMPT, HOLDER));
    inputs.put("ClaimsRead: nobody", new TaskInput.ClaimsRead(ATTEMPT, null));
    inputs.put("OfferAged", new TaskInput.OfferAged(ATTEMPT));
    inputs.put("Started", new TaskInput.Started(ATTEMPT, HOLDER, NOW));
    inputs.put("Started by another", new TaskInput.Started(ATTEMPT, OTHER, NOW));
    inputs.put("Beat", new TaskInput.Beat(ATTEMPT, HOLDER));
    inputs.put("Beat of another", new TaskInput.Beat(ATTEMPT, OTHER));
    for (Ending ending : Ending.values()) {
      inputs.put(
          "Ended: " + ending,
          new TaskInput.Ended(ATTEMPT, HOLDER, ending, null, "", NOW, TaskState.Left.NOTHING));
    }
    inputs.put(
        "Ended, by another",
        new TaskInput.Ended(ATTEMPT, OTHER, Ending.FAILED, null, "", NOW, TaskState.Left.NOTHING));
    inputs.put("WorkerSilent", new TaskInput.WorkerSilent(ATTEMPT));
    inputs.put("End, unclaimed", new TaskInput.End(CANCELED, null));
    inputs.put("End, claimed", new TaskInput.End(CANCELED, HOLDER));
    return inputs;
  }

  private static List<Move> moves() {
    List<Move> moves = new ArrayList<>();
    states()
        .forEach((from, state) ->
            inputs()
                .forEach((input, what) -> {
                  Step step = Lifecycle.on(state, what, NOW);
                  if (!step.next().equals(state) || !step.effects().isEmpty()) {
                    String to = step.next().equals(state) ? from : name(step.next());
                    moves.add(new Move(from, input, to, told(step)));
                  }
                }));
    return moves;
  }

  private static String name(TaskState state) {
    return switch (state) {
      case TaskState.Delegated delegated when delegated.becomes() != null -> "Delegated, ending";
      case TaskState.Finished over -> "Finished: " + over.result();
      case TaskState other -> other.getClass().getSimpleName();
    };
  }

  private static List<String> told(Step step) {
    return step.effects().stream().map(effect -> effect.getClass().getSimpleName()).toList();
  }

  private static String diagram(List<Move> moves) {
    Map<String, Set<String>> edges = new LinkedHashMap<>();
    for (Move move : moves) {
      String edge = node(move.from()) + " --> " + node(move.to());
      if (!node(move.from()).equals(node(move.to()))) {
        edges
            .computeIfAbsent(edge, _ -> new LinkedHashSet<>())
            .add(move.input().split("[:,]| by | of ", 2)[0]);
      }
    }
    StringBuilder diagram = new StringBuilder("```mermaid\nstateDiagram-v2\n");
    diagram.append("  [*] --> Blocked\n  [*] --> Waiting: a retry\n");
    edges.forEach(
        (edge, inputs) -> diagram.append("  %s: %s%n".formatted(edge, String.join(", ", inputs))));
    return diagram.append("  Finished --> [*]\n```\n").toString();
  }

  private static String node(String state) {
    return state.split("[:,]", 2)[0];
  }

  private static String table(List<Move> moves) {
    StringBuilder table =
        new StringBuilder("| state | input | becomes | told |\n|---|---|---|---|\n");
    for (Move move : moves) {
      String to = move.to().equals(move.from()) ? "" : move.to();
      table.append(
          "| %s | %s | %s | %s |%n"
              .formatted(move.from(), move.input(), to, String.join(", ", move.told())));
    }
    return table.toString();
  }

  private static String made() {
    List<Move> moves = moves();
    return BEGIN + "\n" + diagram(moves) + "\n" + table(moves) + "\n" + END;
  }

  @Test
  void thePageShowsWhatTheCodeDoes() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END) + END.length();
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + made() + page.substring(end));
    }
    assertThat(Files.readString(PAGE))
        .as("docs/run-lifecycle.md; -Ddocs.write=true writes it anew")
        .contains(made());
  }

  @Test
  void noStateAndNoInputIsLeftOut() {
    assertThat(states().values().stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(leaves(TaskState.class).collect(Collectors.toSet()));
    assertThat(inputs().values().stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(leaves(TaskInput.class).collect(Collectors.toSet()));
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(LifecyclePageTest::leaves)
        : Stream.of(type);
  }
}
