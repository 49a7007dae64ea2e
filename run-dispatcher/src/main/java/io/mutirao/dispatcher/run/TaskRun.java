package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.job.Task;
import io.mutirao.dispatcher.lifecycle.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The latest attempt of a task, as its lane keeps it in memory while the run is not over. */
final class TaskRun {

  final Run run;
  final Task task;

  /** In the definition. */
  final int position;

  /** Of a loop, its number from 0; -1: a task of its own. */
  final int iteration;

  AttemptId id;
  int attemptNumber;
  int repair;
  Instant createdAt;
  TaskState state;

  /** Who has or had it. */
  @Nullable WorkerId worker;

  /** Of a condition. */
  @Nullable String outcome;

  @Nullable RunId child;

  /** Whether it was told that it takes long. */
  boolean warned;

  /**
   * When its worker was last heard of: {@link System#nanoTime}, since take-over at the earliest.
   */
  long heardOf = System.nanoTime();

  /** When its claim is looked up next; only while it is offered. */
  Instant checkAt;

  TaskRun(
      Run run, int position, AttemptId id, TaskState state, Instant createdAt, Instant checkAt) {
    this(run, run.fixed.definition().tasks().get(position), position, -1, id);
    this.state = state;
    this.createdAt = createdAt;
    this.checkAt = checkAt;
  }

  private TaskRun(Run run, Task task, int position, int iteration, AttemptId id) {
    this.run = run;
    this.task = task;
    this.position = position;
    this.iteration = iteration;
    this.id = id;
    this.state = new TaskState.Blocked();
    this.createdAt = run.fixed.createdAt();
    this.checkAt = Instant.EPOCH;
  }

  /** An iteration of this loop, which has not begun. */
  TaskRun iteration(int number, AttemptId id) {
    return new TaskRun(run, Loop.inner(task), position, number, id);
  }

  boolean isLoop() {
    return iteration < 0 && task.kind().equals(Task.FOR_EACH);
  }

  boolean isOver() {
    return state instanceof TaskState.Finished;
  }
}
