package io.mutirao.registry.schedule;

/** What becomes of times that passed while nobody could fire. */
public enum Missed {
  /** The last of them fires once. */
  LAST,
  /** Each of them fires. */
  ALL,
  /** None of them fires. */
  NONE
}
