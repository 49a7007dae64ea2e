package io.mutirao.registry.job;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobCommand.CreateJob;
import io.mutirao.contracts.job.JobCommand.DeleteJob;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.reply.Reply.Refused;
import org.jspecify.annotations.Nullable;

/** What one command does, and its answer. Pure: no clock, no database, no topic. */
sealed interface JobDecision {

  /** The version that a job is created with. */
  long FIRST_VERSION = 1;

  Reply answer();

  /** A new job. */
  record Created(JobId job, JobDefinition definition, String by, Reply answer)
      implements JobDecision {}

  /** The job is gone from now on; {@code version} is its last. */
  record Deleted(JobId job, long version, String by, Reply answer) implements JobDecision {}

  /** Nothing to do, or refused. */
  record Unchanged(Reply answer) implements JobDecision {}

  /** The command came before: its first answer again, and nothing else. */
  record Repeated(Reply answer) implements JobDecision {}

  /**
   * Decides on a creation.
   *
   * @param fresh the id that the job gets when it is accepted
   */
  static JobDecision on(String command, CreateJob asked, JobId fresh) {
    if (asked.definition().name().isBlank()) {
      return new Unchanged(
          new Refused(command, Refusal.UNPROCESSABLE, "name: a job needs one that is not blank"));
    }
    return new Created(
        fresh, asked.definition(), asked.by(), Accepted.ofJob(command, fresh, FIRST_VERSION));
  }

  static JobDecision on(String command, DeleteJob asked, @Nullable KnownJob known) {
    JobId job = asked.job();
    return switch (known) {
      case null -> new Unchanged(new Accepted(command, job, null, null, null)); // never was
      case KnownJob.Gone gone -> new Unchanged(Accepted.ofJob(command, job, gone.version()));
      case KnownJob.Living living -> {
        long last = living.version() + 1;
        yield new Deleted(job, last, asked.by(), Accepted.ofJob(command, job, last));
      }
    };
  }
}
