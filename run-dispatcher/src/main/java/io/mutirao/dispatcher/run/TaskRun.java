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
    this.run = run;
    this.position = position;
    this.task = run.fixed.definition().tasks().get(position);
    this.id = id;
    this.state = state;
    this.createdAt = createdAt;
    this.checkAt = checkAt;
  }

  boolean isOver() {
    return state instanceof TaskState.Finished;
  }
}
