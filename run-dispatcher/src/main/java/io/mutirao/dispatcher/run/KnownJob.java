package io.mutirao.dispatcher.run;

import io.mutirao.contracts.job.JobDefinition;
import org.jspecify.annotations.Nullable;

/** The last version of a job that its lane heard of. */
final class KnownJob {

  final long id;
  long version;
  boolean forgotten;

  /** number_in_job of its latest run. */
  long runs;

  /** None when it was forgotten before it was ever defined. */
  @Nullable JobDefinition definition;

  KnownJob(
      long id, long version, boolean forgotten, long runs, @Nullable JobDefinition definition) {
    this.id = id;
    this.version = version;
    this.forgotten = forgotten;
    this.runs = runs;
    this.definition = definition;
  }
}
