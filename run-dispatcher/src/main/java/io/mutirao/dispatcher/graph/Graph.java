package io.mutirao.dispatcher.graph;

import io.mutirao.contracts.job.Dependency;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the tasks of one run. Pure: asked again with the same ends, it answers the same.
 *
 * <p>A task that is excluded counts for nothing to those that wait for it; when all that a task
 * waits for is excluded, so is the task (Jobs API 2.1, run_if).
 */
public final class Graph {

  /**
   * How a task that is over ended.
   *
   * @param outcome of a condition: {@code true} or {@code false}
   */
  public record Ended(Becomes end, @Nullable String outcome) {}

  /** What becomes of a task that has not begun. */
  public sealed interface Next {

    /** Something that it waits for is not over. */
    record Wait() implements Next {}

    record Begin() implements Next {}

    /** It never begins. */
    record Close(Becomes end) implements Next {}
  }

  private static final Next WAIT = new Next.Wait();
  private static final Next BEGIN = new Next.Begin();

  /**
   * Decides on a task that has not begun.
   *
   * @param ended the tasks of its run that are over, by key
   */
  public static Next next(Task task, Map<String, Ended> ended) {
    if (!ended.keySet().containsAll(task.dependsOn().stream().map(Dependency::task).toList())) {
      return WAIT;
    }
    if (task.dependsOn().isEmpty()) {
      return BEGIN;
    }
    int succeeded = 0;
    int failed = 0;
    int canceled = 0;
    for (Dependency upstream : task.dependsOn()) {
      switch (countsAs(upstream, ended)) {
        case SUCCEEDED -> succeeded++;
        case FAILED -> failed++;
        case CANCELED -> canceled++;
        case NOTHING -> {}
      }
    }
    int unhappy = failed + canceled;
    if (succeeded + unhappy == 0) {
      return excluded("Excluded: so is all that it waits for.");
    }
    return switch (task.runsIf()) {
      case ALL_SUCCESS, NONE_FAILED -> unhappy == 0 ? BEGIN : upstream(failed);
      case AT_LEAST_ONE_SUCCESS -> succeeded > 0 ? BEGIN : upstream(failed);
      case ALL_DONE -> BEGIN;
      case AT_LEAST_ONE_FAILED ->
          unhappy > 0 ? BEGIN : excluded("Excluded: nothing that it waits for failed.");
      case ALL_FAILED ->
          succeeded == 0 ? BEGIN : excluded("Excluded: not all that it waits for failed.");
    };
  }

  private enum CountsAs {
    SUCCEEDED,
    FAILED,
    CANCELED,
    NOTHING
  }

  private static CountsAs countsAs(Dependency upstream, Map<String, Ended> ended) {
    Ended task = Objects.requireNonNull(ended.get(upstream.task()));
    if (upstream.outcome() != null
        && task.end().result() == Result.SUCCEEDED
        && !upstream.outcome().equals(task.outcome())) {
      return CountsAs.NOTHING;
    }
    return switch (task.end().result()) {
      case SUCCEEDED, SUCCEEDED_WITH_FAILURES -> CountsAs.SUCCEEDED;
      case FAILED, TIMED_OUT, ERROR, UPSTREAM_FAILED, SKIPPED -> CountsAs.FAILED;
      case CANCELED, UPSTREAM_CANCELED -> CountsAs.CANCELED;
      case EXCLUDED -> CountsAs.NOTHING;
    };
  }

  private static Next excluded(String why) {
    return new Next.Close(new Becomes(Result.EXCLUDED, Cause.UPSTREAM, why));
  }

  private static Next upstream(int failed) {
    return new Next.Close(
        failed > 0
            ? new Becomes(Result.UPSTREAM_FAILED, Cause.UPSTREAM, "A task upstream failed.")
            : new Becomes(
                Result.UPSTREAM_CANCELED, Cause.UPSTREAM, "A task upstream was canceled."));
  }

  /**
   * How a run ends whose tasks are all over. Its leaves decide: those that nothing waits for.
   *
   * @param ended all tasks, by key
   */
  public static Becomes verdict(List<Task> tasks, Map<String, Ended> ended) {
    if (tasks.size() == 1) {
      return endOf(tasks.getFirst().key(), ended);
    }
    Set<String> leaves = new HashSet<>(ended.keySet());
    tasks.forEach(task -> task.dependsOn().forEach(upstream -> leaves.remove(upstream.task())));
    boolean someFailed = false;
    @Nullable Becomes worst = null;
    for (Task task : tasks) {
      Becomes end = endOf(task.key(), ended);
      if (!unhappy(end.result())) {
        continue;
      }
      someFailed = true;
      if (leaves.contains(task.key())) {
        Becomes told = blame(tasks, task, ended);
        worst = worst == null || worst.result() == Result.CANCELED ? told : worst;
      }
    }
    if (worst != null) {
      return worst;
    }
    return someFailed
        ? new Becomes(Result.SUCCEEDED_WITH_FAILURES, Cause.DONE, "Some tasks failed.")
        : new Becomes(Result.SUCCEEDED, Cause.DONE, "");
  }

  private static Becomes endOf(String key, Map<String, Ended> ended) {
    return Objects.requireNonNull(ended.get(key), "it is over").end();
  }

  private static boolean unhappy(Result result) {
    return switch (result) {
      case SUCCEEDED, SUCCEEDED_WITH_FAILURES, EXCLUDED -> false;
      case FAILED, CANCELED, TIMED_OUT, SKIPPED, UPSTREAM_FAILED, UPSTREAM_CANCELED, ERROR -> true;
    };
  }

  /** How a loop ends whose iterations are all over. */
  public static Becomes ofLoop(List<Becomes> iterations) {
    long failed = iterations.stream().filter(end -> unhappy(end.result())).count();
    if (failed == 0) {
      return new Becomes(Result.SUCCEEDED, Cause.DONE, "");
    }
    Becomes first =
        iterations.stream().filter(end -> unhappy(end.result())).findFirst().orElseThrow();
    return new Becomes(
        Result.FAILED,
        first.cause(),
        failed + " of " + iterations.size() + " iterations failed, the first: " + first.why());
  }

  /** How a task ends that waited for a run of another job. */
  public static Becomes ofChild(Result result, Cause cause, String why) {
    return switch (result) {
      case SUCCEEDED, SUCCEEDED_WITH_FAILURES -> new Becomes(Result.SUCCEEDED, Cause.DONE, why);
      case CANCELED -> new Becomes(Result.CANCELED, cause, why);
      case FAILED, TIMED_OUT, SKIPPED, EXCLUDED, UPSTREAM_FAILED, UPSTREAM_CANCELED, ERROR ->
          new Becomes(Result.FAILED, cause, "The run that it waited for failed: " + why);
    };
  }

  /** The task that a leaf's bad end goes back to, in the words of the run. */
  private static Becomes blame(List<Task> tasks, Task leaf, Map<String, Ended> ended) {
    Task at = leaf;
    Set<String> seen = new HashSet<>();
    while (seen.add(at.key()) && endOf(at.key(), ended).cause() == Cause.UPSTREAM) {
      for (Dependency upstream : at.dependsOn()) {
        if (unhappy(endOf(upstream.task(), ended).result())) {
          at = tasks.stream().filter(t -> t.key().equals(upstream.task())).findAny().orElse(at);
          break;
        }
      }
    }
    Becomes end = endOf(at.key(), ended);
    return switch (end.result()) {
      case CANCELED, UPSTREAM_CANCELED -> new Becomes(Result.CANCELED, end.cause(), end.why());
      case SUCCEEDED,
          SUCCEEDED_WITH_FAILURES,
          EXCLUDED,
          FAILED,
          TIMED_OUT,
          SKIPPED,
          UPSTREAM_FAILED,
          ERROR ->
          new Becomes(
              Result.FAILED,
              end.cause(),
              "Task " + at.key() + " failed with message: " + end.why());
    };
  }

  /**
   * The keys of the tasks that a repair runs again.
   *
   * @param chosen by the caller
   * @param failed also those that did not succeed
   * @param dependents also those that wait for any of them
   */
  public static Set<String> toRepair(
      List<Task> tasks,
      Map<String, Ended> ended,
      Set<String> chosen,
      boolean failed,
      boolean dependents) {
    Set<String> again = new TreeSet<>(chosen);
    if (failed) {
      ended.forEach((key, task) -> {
        if (unhappy(task.end().result())) {
          again.add(key);
        }
      });
    }
    // Whoever was kept from running by one of them runs with it; the others only if asked for.
    boolean more = true;
    while (more) {
      List<String> next = new ArrayList<>();
      for (Task task : tasks) {
        boolean waits = task.dependsOn().stream().anyMatch(up -> again.contains(up.task()));
        boolean kept = endOf(task.key(), ended).cause() == Cause.UPSTREAM;
        if (waits && (dependents || kept) && !again.contains(task.key())) {
          next.add(task.key());
        }
      }
      more = again.addAll(next);
    }
    return again;
  }

  private Graph() {}
}
