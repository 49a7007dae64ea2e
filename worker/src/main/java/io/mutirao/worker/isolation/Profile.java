package io.mutirao.worker.isolation;

/** How much a task sees of the machine. */
public enum Profile {
  /** All files as the user sees them, but no processes other than its own. */
  LOCAL,
  /** The system's programs, its own folder, what it was given; nothing else. */
  STRICT
}
