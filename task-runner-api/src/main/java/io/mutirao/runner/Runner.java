package io.mutirao.runner;

/**
 * One kind of task. A runner says what to execute and leaves the rest to the worker: folder,
 * output, time-out, cancellation, the end of the process tree.
 *
 * @param <S> what a task of this kind is told; read from the task's JSON, where unknown fields are
 *     ignored and a missing field is null
 */
public interface Runner<S extends Record> {

  /** How jobs name this kind, for example {@code python}. Unique in a worker. */
  String kind();

  Class<S> spec();

  /**
   * Decides what to execute for one attempt. Called once for each attempt, by any thread. May look
   * at files; must not change anything outside the attempt's folder.
   */
  Plan plan(S spec, Attempt attempt);

  /** Whether tasks of this kind end at once, so that a worker may take many of them together. */
  default boolean instant() {
    return false;
  }
}
