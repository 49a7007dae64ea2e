package io.mutirao.dispatcher.run;

import io.mutirao.contracts.job.JobDefinition;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The last version of a job that its lane heard of, and its runs that are not over. */
final class KnownJob {

  final long id;
  long version;
  boolean forgotten;

  /** number_in_job of its latest run. */
  long runs;

  /** None when it was forgotten before it was ever defined. */
  @Nullable JobDefinition definition;

  /** Its runs that are not over, oldest first; those that are queued included. */
  final Set<Run> open = new LinkedHashSet<>();

  /** Those of them that wait to be let in, first come first served. */
  final SequencedSet<Run> queue = new LinkedHashSet<>();

  KnownJob(
      long id, long version, boolean forgotten, long runs, @Nullable JobDefinition definition) {
    this.id = id;
    this.version = version;
    this.forgotten = forgotten;
    this.runs = runs;
    this.definition = definition;
  }

  /** Runs that are not over and have been let in. */
  int active() {
    return open.size() - queue.size();
  }
}
