package io.mutirao.contracts.task;

/** How an attempt ended, as its worker saw it. */
public enum Ending {
  SUCCEEDED,
  FAILED,
  /** Stopped because somebody asked for it. */
  STOPPED,
  /** Claimed, but the worker did not dare to start it: its own lease was nearly over. */
  NOT_STARTED
}
