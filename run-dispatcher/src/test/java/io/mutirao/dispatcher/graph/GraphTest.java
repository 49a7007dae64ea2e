package io.mutirao.dispatcher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mutirao.contracts.job.Dependency;
import io.mutirao.contracts.job.RunIf;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.dispatcher.graph.Graph.Ended;
import io.mutirao.dispatcher.graph.Graph.Next;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphTest {

  private static Task task(String key, RunIf runIf, String... upstream) {
    List<Dependency> dependsOn = new ArrayList<>();
    for (String one : upstream) {
      String[] parts = one.split("=", -1);
      dependsOn.add(new Dependency(parts[0], parts.length > 1 ? parts[1] : null));
    }
    return new Task(
        key,
        "noop",
        JsonNodeFactory.instance.objectNode(),
        null,
        dependsOn,
        runIf,
        null,
        null,
        null,
        null,
        null);
  }

  private static Task task(String key, String... upstream) {
    return task(key, RunIf.ALL_SUCCESS, upstream);
  }

  private static Ended ended(Result result) {
    Cause cause =
        switch (result) {
          case SUCCEEDED, SUCCEEDED_WITH_FAILURES -> Cause.DONE;
          case EXCLUDED, UPSTREAM_FAILED, UPSTREAM_CANCELED -> Cause.UPSTREAM;
          case CANCELED -> Cause.CANCELED_BY_USER;
          case TIMED_OUT -> Cause.TIMED_OUT;
          case SKIPPED -> Cause.JOB_LIMIT;
          case FAILED, ERROR -> Cause.TASK_FAILED;
        };
    return new Ended(new Becomes(result, cause, "why " + result), null);
  }

  /** Ends of a, b, c …, in this order. */
  private static Map<String, Ended> ends(Result... results) {
    Map<String, Ended> ends = new HashMap<>();
    for (int i = 0; i < results.length; i++) {
      ends.put(String.valueOf((char) ('a' + i)), ended(results[i]));
    }
    return ends;
  }

  @Test
  void whatWaitsForNothingBegins() {
    assertThat(Graph.next(task("a"), Map.of())).isInstanceOf(Next.Begin.class);
  }

  @Test
  void whateverTheConditionATaskWaitsForAllThatIsUpstream() {
    for (RunIf runIf : RunIf.values()) {
      assertThat(Graph.next(task("c", runIf, "a", "b"), ends(Result.FAILED)))
          .as("%s", runIf)
          .isInstanceOf(Next.Wait.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ALL_SUCCESS, SUCCEEDED SUCCEEDED, begins",
    "ALL_SUCCESS, SUCCEEDED EXCLUDED, begins",
    "ALL_SUCCESS, SUCCEEDED FAILED, UPSTREAM_FAILED",
    "ALL_SUCCESS, SUCCEEDED TIMED_OUT, UPSTREAM_FAILED",
    "ALL_SUCCESS, SUCCEEDED UPSTREAM_FAILED, UPSTREAM_FAILED",
    "ALL_SUCCESS, CANCELED FAILED, UPSTREAM_FAILED",
    "ALL_SUCCESS, SUCCEEDED CANCELED, UPSTREAM_CANCELED",
    "ALL_SUCCESS, EXCLUDED EXCLUDED, EXCLUDED",
    "AT_LEAST_ONE_SUCCESS, FAILED SUCCEEDED, begins",
    "AT_LEAST_ONE_SUCCESS, FAILED FAILED, UPSTREAM_FAILED",
    "AT_LEAST_ONE_SUCCESS, CANCELED CANCELED, UPSTREAM_CANCELED",
    "NONE_FAILED, SUCCEEDED EXCLUDED, begins",
    "NONE_FAILED, SUCCEEDED FAILED, UPSTREAM_FAILED",
    "NONE_FAILED, EXCLUDED EXCLUDED, EXCLUDED",
    "ALL_DONE, FAILED CANCELED, begins",
    "ALL_DONE, EXCLUDED EXCLUDED, EXCLUDED",
    "AT_LEAST_ONE_FAILED, SUCCEEDED FAILED, begins",
    "AT_LEAST_ONE_FAILED, SUCCEEDED CANCELED, begins",
    "AT_LEAST_ONE_FAILED, SUCCEEDED SUCCEEDED, EXCLUDED",
    "ALL_FAILED, FAILED FAILED, begins",
    "ALL_FAILED, FAILED EXCLUDED, begins",
    "ALL_FAILED, FAILED SUCCEEDED, EXCLUDED",
  })
  void theSixConditions(RunIf runIf, String upstream, String then) {
    Result[] results =
        Arrays.stream(upstream.split(" ", -1)).map(Result::valueOf).toArray(Result[]::new);

    Next next = Graph.next(task("c", runIf, "a", "b"), ends(results));

    assertThat(next instanceof Next.Close close ? close.end().result().name() : "begins")
        .isEqualTo(then);
  }

  @Test
  void onlyTheBranchOfTheOutcomeBegins() {
    Map<String, Ended> ends = new HashMap<>();
    ends.put("a", new Ended(new Becomes(Result.SUCCEEDED, Cause.DONE, ""), "true"));

    assertThat(Graph.next(task("b", "a=true"), ends)).isInstanceOf(Next.Begin.class);
    assertThat(Graph.next(task("c", "a=false"), ends))
        .isInstanceOfSatisfying(
            Next.Close.class, close -> assertThat(close.end().result()).isEqualTo(Result.EXCLUDED));
  }

  @Test
  void aConditionThatFailedTakesBothBranchesWithIt() {
    assertThat(Graph.next(task("b", "a=true"), ends(Result.FAILED)))
        .isInstanceOfSatisfying(
            Next.Close.class,
            close -> assertThat(close.end().result()).isEqualTo(Result.UPSTREAM_FAILED));
  }

  private static final List<Task> CHAIN = List.of(task("a"), task("b", "a"), task("c", "b"));

  @Test
  void aRunOfOneTaskEndsAsThatTask() {
    assertThat(Graph.verdict(List.of(task("a")), ends(Result.TIMED_OUT)))
        .isEqualTo(ended(Result.TIMED_OUT).end());
  }

  @Test
  void aRunSucceedsWhenAllItsTasksDo() {
    assertThat(Graph.verdict(CHAIN, ends(Result.SUCCEEDED, Result.SUCCEEDED, Result.SUCCEEDED)))
        .isEqualTo(new Becomes(Result.SUCCEEDED, Cause.DONE, ""));
  }

  @Test
  void aRunFailsWithTheTaskThatTheFailureOfItsLeafGoesBackTo() {
    assertThat(
            Graph.verdict(
                CHAIN, ends(Result.FAILED, Result.UPSTREAM_FAILED, Result.UPSTREAM_FAILED)))
        .isEqualTo(
            new Becomes(
                Result.FAILED, Cause.TASK_FAILED, "Task a failed with message: why FAILED"));
  }

  @Test
  void aFailureThatALeafMadeUpForIsASuccessWithFailures() {
    List<Task> tasks = List.of(task("a"), task("b", RunIf.ALL_DONE, "a"));

    assertThat(Graph.verdict(tasks, ends(Result.FAILED, Result.SUCCEEDED)).result())
        .isEqualTo(Result.SUCCEEDED_WITH_FAILURES);
  }

  @Test
  void anExcludedLeafDoesNotFailItsRun() {
    assertThat(
            Graph.verdict(CHAIN, ends(Result.SUCCEEDED, Result.SUCCEEDED, Result.EXCLUDED))
                .result())
        .isEqualTo(Result.SUCCEEDED);
  }

  @Test
  void aRepairTakesWhatWasKeptFromRunningWithIt() {
    Map<String, Ended> ends = ends(Result.SUCCEEDED, Result.FAILED, Result.UPSTREAM_FAILED);

    assertThat(Graph.toRepair(CHAIN, ends, Set.of(), true, false)).containsExactly("b", "c");
    assertThat(Graph.toRepair(CHAIN, ends, Set.of("b"), false, false)).containsExactly("b", "c");
    assertThat(Graph.toRepair(CHAIN, ends, Set.of("a"), false, true))
        .containsExactly("a", "b", "c");
  }

  @Test
  void aRepairOfASucceededTaskLeavesItsDependantsUnlessAskedFor() {
    Map<String, Ended> ends = ends(Result.SUCCEEDED, Result.SUCCEEDED, Result.SUCCEEDED);

    assertThat(Graph.toRepair(CHAIN, ends, Set.of("a"), false, false)).containsExactly("a");
  }
}
