package io.mutirao.contracts.run;

/** Where a run, or one of its tasks, stands. */
public enum Phase {
  /** A run: as many others as are allowed are active. */
  QUEUED,
  /** A task: waits for others of its run. */
  BLOCKED,
  /** A task: its last attempt failed, the next begins later. */
  WAITING_FOR_RETRY,
  /** Offered to the workers of its pool; nobody has started it. */
  PENDING,
  /** A worker runs it. */
  RUNNING,
  /** Asked to end; its process tree may still live. */
  TERMINATING,
  /** Over; its {@link Result} never changes. */
  FINISHED
}
