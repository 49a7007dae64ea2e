package io.mutirao.contracts.run;

/** How a run, or one of its tasks, ended. */
public enum Result {
  SUCCEEDED,
  /** A run: all that matters succeeded, though some tasks failed. */
  SUCCEEDED_WITH_FAILURES,
  /** The task failed, or its worker was lost. */
  FAILED,
  CANCELED,
  TIMED_OUT,
  /** A run: never prepared, the job had as many active runs as it allows. */
  SKIPPED,
  /** A task: what it waits for did not come to what it asks for. */
  EXCLUDED,
  /** A task: something upstream failed. */
  UPSTREAM_FAILED,
  /** A task: something upstream was canceled. */
  UPSTREAM_CANCELED,
  /** The service could not carry it out. */
  ERROR
}
