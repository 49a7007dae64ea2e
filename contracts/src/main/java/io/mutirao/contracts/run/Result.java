package io.mutirao.contracts.run;

/** How a run ended. */
public enum Result {
  SUCCEEDED,
  /** The task failed, or its worker was lost. */
  FAILED,
  CANCELED,
  TIMED_OUT,
  /** Never prepared: the job had as many active runs as it allows. */
  SKIPPED,
  /** The service could not carry the run out. */
  ERROR
}
