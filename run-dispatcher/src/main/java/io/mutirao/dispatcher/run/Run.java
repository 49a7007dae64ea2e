package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.Dependency;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.Phase;
import io.mutirao.dispatcher.graph.Graph;
import io.mutirao.dispatcher.lifecycle.TaskState;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run as its lane keeps it in memory while it is not over. The database has the same. */
final class Run {

  /** What never changes. */
  record Fixed(
      RunId id,
      JobId job,
      long version,
      long numberInJob,
      boolean submitted,
      JobDefinition definition,
      RunRequest request,
      Instant createdAt,
      String commandId,
      String requestedBy) {}

  private static final Set<String> OWN_KINDS = Set.of(Task.CONDITION, Task.FOR_EACH, Task.RUN_JOB);

  final Fixed fixed;

  /** Those that were asked for, in the order of the definition. */
  final List<TaskRun> tasks = new ArrayList<>();

  /** Those of its loops that have begun, of all loops. */
  final List<TaskRun> iterations = new ArrayList<>();

  /** Of the last event told of this execution. */
  int sequence;

  /** Which execution this is: 0 for the original one. */
  int repair;

  /** As the job says now, also when it is changed; 0 for none. */
  int timeoutSeconds;

  boolean queued;

  /** When it has waited for long enough to be let in; only while it is queued. */
  Instant queuedUntil = Instant.MAX;

  /** Its place in the order of dates; null: it has none. */
  DueDates.@Nullable Due due;

  /** What it waits for; only while it is queued. */
  Admission.@Nullable Queue waits;

  /** Whether it was told that it takes long. */
  boolean warned;

  /** When the first task started. */
  @Nullable Instant startedAt;

  /** How it will end once its tasks are over: set when it is to end before its time. */
  @Nullable Becomes ending;

  /** How it ended. */
  @Nullable Becomes end;

  @Nullable Instant endedAt;

  Run(Fixed fixed) {
    this.fixed = fixed;
    this.timeoutSeconds = fixed.definition().timeoutSeconds();
  }

  /** As whom its tasks act; null: the owner of its job, whom the registry knows. */
  @Nullable String runsAs() {
    String chosen = fixed.definition().runAs();
    return chosen == null && fixed.submitted() ? fixed.requestedBy() : chosen;
  }

  RunId id() {
    return fixed.id();
  }

  /** Whether its only task stands in the run's own row, and tells of itself by the run's events. */
  static boolean ownTask(JobDefinition definition) {
    Task first = definition.tasks().getFirst();
    return definition.tasks().size() == 1
        && first.retries().max() == 0
        && !OWN_KINDS.contains(first.kind());
  }

  boolean ownTask() {
    return ownTask(fixed.definition());
  }

  Phase phase() {
    if (end != null) {
      return Phase.FINISHED;
    }
    if (queued) {
      return Phase.QUEUED;
    }
    if (ending != null) {
      return Phase.TERMINATING;
    }
    return startedAt == null ? Phase.PENDING : Phase.RUNNING;
  }

  /** Whether one of its tasks that begin first needs a worker. */
  static boolean beginsWithAWorker(JobDefinition definition) {
    return definition.tasks().stream()
        .anyMatch(task -> task.dependsOn().isEmpty() && !OWN_KINDS.contains(task.kind()));
  }

  /** Whether nothing is left to be done but to say how it ended. */
  boolean tasksAreOver() {
    return tasks.stream().allMatch(TaskRun::isOver);
  }

  /** How many of its attempts are with workers, or may be. */
  int activeAttempts() {
    return (int) attempts().stream().filter(t -> t.state instanceof TaskState.Active).count();
  }

  /** How many of its attempts wait for others, or for a permit. */
  int blockedAttempts() {
    return (int) attempts().stream().filter(t -> t.state instanceof TaskState.Blocked).count();
  }

  /** All attempts that may be somewhere: of tasks and of iterations. */
  List<TaskRun> attempts() {
    if (iterations.isEmpty()) {
      return tasks;
    }
    List<TaskRun> all = new ArrayList<>(tasks);
    all.addAll(iterations);
    return all;
  }

  List<TaskRun> iterationsOf(TaskRun loop) {
    return iterations.stream().filter(task -> task.position == loop.position).toList();
  }

  /** Its tasks as the graph sees them: what was not asked for is waited for by nobody. */
  List<Task> graph() {
    List<String> only = fixed.request().only();
    if (only.isEmpty()) {
      return fixed.definition().tasks();
    }
    return tasks.stream().map(t -> without(t.task, only)).toList();
  }

  private static Task without(Task task, List<String> only) {
    List<Dependency> left =
        task.dependsOn().stream().filter(upstream -> only.contains(upstream.task())).toList();
    return new Task(
        task.key(),
        task.kind(),
        task.spec(),
        task.pool(),
        left,
        task.runIf(),
        task.retry(),
        task.timeoutSeconds(),
        task.warnAfterSeconds(),
        task.notifications(),
        task.setup());
  }

  /** Those of its tasks that are over, by key. */
  Map<String, Graph.Ended> ended() {
    Map<String, Graph.Ended> ended = new HashMap<>();
    for (TaskRun task : tasks) {
      if (task.state instanceof TaskState.Finished over) {
        ended.put(task.task.key(), new Graph.Ended(over.end(), task.outcome));
      }
    }
    return ended;
  }
}
