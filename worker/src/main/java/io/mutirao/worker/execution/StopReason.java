package io.mutirao.worker.execution;

/** Why an attempt is to stop before its end. */
public enum StopReason {
  /** The dispatcher said so: cancelled, timed out, or not ours any more. */
  ASKED,
  /** The worker goes away, and does not leave its tasks alone. */
  WORKER_STOPS
}
