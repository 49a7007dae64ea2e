package io.mutirao.systemtests.stack;

/** What a stack is started for. */
enum Purpose {
  JOURNEYS,
  FAULTS,
  /** As faults, beside them. */
  OUTAGES,
  /** As faults, with limits that are soon reached. */
  LIMITS
}
