package io.mutirao.contracts.run;

/** Where a run stands. Moves only forward. */
public enum Phase {
  /** Offered to the workers of its pool; nobody has started it. */
  PENDING,
  /** A worker runs it. */
  RUNNING,
  /** Asked to end; its process tree may still live. */
  TERMINATING,
  /** Over; its {@link Result} never changes. */
  FINISHED
}
