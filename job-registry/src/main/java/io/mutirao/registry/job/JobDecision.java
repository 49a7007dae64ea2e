package io.mutirao.registry.job;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.JobCommand.CreateJob;
import io.mutirao.contracts.job.JobCommand.DeleteJob;
import io.mutirao.contracts.job.JobCommand.ReplaceJob;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.registry.schedule.Times;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one command does, and its answer. Pure: no clock, no database, no topic. */
sealed interface JobDecision {

  /** The version that a job is created with. */
  long FIRST_VERSION = 1;

  Reply answer();

  /** A new job. */
  record Created(JobId job, CreateJob asked, Reply answer) implements JobDecision {}

  /** The job has another definition from now on. */
  record Replaced(ReplaceJob asked, long version, String createdBy, Reply answer)
      implements JobDecision {}

  /**
   * The job is gone from now on; {@code version} is its last.
   *
   * @param was what it was, for those who hear of its end
   */
  record Deleted(JobId job, long version, String by, KnownJob.Living was, Reply answer)
      implements JobDecision {}

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
    return wrongWith(asked.definition(), asked.access())
        .<JobDecision>map(why -> new Unchanged(new Refused(command, Refusal.INVALID, why)))
        .orElseGet(() -> new Created(fresh, asked, Accepted.ofJob(command, fresh, FIRST_VERSION)));
  }

  static JobDecision on(String command, ReplaceJob asked, @Nullable KnownJob known) {
    Optional<String> wrong = wrongWith(asked.definition(), asked.access());
    if (wrong.isPresent()) {
      return new Unchanged(new Refused(command, Refusal.INVALID, wrong.get()));
    }
    JobId job = asked.job();
    return switch (known) {
      case null -> unknown(command, job);
      case KnownJob.Gone _ -> unknown(command, job);
      case KnownJob.Living living
          when asked.ifVersion() != null && asked.ifVersion() != living.version() ->
          new Unchanged(
              new Refused(
                  command,
                  Refusal.VERSION_CHANGED,
                  "Job "
                      + job
                      + " has version "
                      + living.version()
                      + ", not "
                      + asked.ifVersion()));
      case KnownJob.Living living -> {
        long next = living.version() + 1;
        yield new Replaced(asked, next, living.createdBy(), Accepted.ofJob(command, job, next));
      }
    };
  }

  private static Unchanged unknown(String command, JobId job) {
    return new Unchanged(
        new Refused(command, Refusal.UNKNOWN_JOB, "Job " + job + " does not exist."));
  }

  private static Optional<String> wrongWith(
      JobDefinition definition, @Nullable List<Grant> access) {
    if (definition.name().isBlank()) {
      return Optional.of("name: a job needs one that is not blank");
    }
    Optional<String> wrong = Times.wrongWith(definition.trigger());
    return wrong.isPresent() || access == null ? wrong : AccessChange.wrongWith(access);
  }

  static JobDecision on(String command, DeleteJob asked, @Nullable KnownJob known) {
    JobId job = asked.job();
    return switch (known) {
      case null -> new Unchanged(Accepted.ofNoJob(command, job)); // never was
      case KnownJob.Gone gone -> new Unchanged(Accepted.ofJob(command, job, gone.version()));
      case KnownJob.Living living -> {
        long last = living.version() + 1;
        yield new Deleted(job, last, asked.by(), living, Accepted.ofJob(command, job, last));
      }
    };
  }
}
