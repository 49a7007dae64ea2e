package io.mutirao.registry.job;

/** What a decision must know of a job; nothing is known of one that never was. */
sealed interface KnownJob {

  long version();

  /** Saved and usable. */
  record Living(long version) implements KnownJob {}

  /** Deleted; kept a while so that its last version is not given again. */
  record Gone(long version) implements KnownJob {}
}
