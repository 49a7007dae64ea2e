package io.mutirao.runner;

import java.io.IOException;

/**
 * One kind of task. A runner says what to execute and what came of it, and leaves the rest to the
 * worker: folder, output, time-out, cancellation, the end of the process tree.
 *
 * @param <S> what a task of this kind is told; read from the task's JSON, where unknown fields are
 *     ignored and a missing field is null
 */
public interface Runner<S extends Record> {

  /** How jobs name this kind, for example {@code python}. Unique in a worker. */
  String kind();

  Class<S> spec();

  /**
   * Prepares an attempt and decides what to execute. Called once for each attempt, by any thread;
   * may take its time, which counts as the task's setup, and is interrupted when the attempt is to
   * stop. May change nothing outside the attempt's folder and the {@link Workbench#cache}.
   *
   * @throws IOException when preparing fails for a reason that is not the user's: the attempt fails
   *     with it
   * @throws InterruptedException when it was interrupted: the attempt is over
   */
  Plan plan(S spec, Attempt attempt) throws IOException, InterruptedException;

  /**
   * What the program left behind. Called after a program of {@link Plan.Command} has ended by
   * itself, whatever its exit code, while the folder is still there.
   */
  default Results results(S spec, Attempt attempt) throws IOException {
    return Results.NONE;
  }

  /** Whether tasks of this kind end at once, so that a worker may take many of them together. */
  default boolean instant() {
    return false;
  }
}
