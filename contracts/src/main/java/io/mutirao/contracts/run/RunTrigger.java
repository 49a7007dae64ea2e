package io.mutirao.contracts.run;

/** What started a run. */
public enum RunTrigger {
  /** Somebody asked for it. */
  ONE_TIME,
  /** Its job's schedule, or period. */
  PERIODIC,
  /** The run before it failed, and its job tries again. */
  RETRY,
  /** A task of another run. */
  RUN_JOB,
  /** Files came. */
  FILE_ARRIVAL,
  /** The job always has one. */
  CONTINUOUS
}
