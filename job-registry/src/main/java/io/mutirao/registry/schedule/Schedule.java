package io.mutirao.registry.schedule;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobTrigger;
import io.mutirao.contracts.run.RunTrigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job's trigger, and how far it has come.
 *
 * @param by whose runs it starts: the job's creator
 * @param since when the job got this trigger
 * @param next when it fires next; null: not by the clock, or never
 * @param arrivals of a trigger that watches files, once it has looked
 */
record Schedule(
    JobId job,
    String by,
    JobTrigger trigger,
    Instant since,
    @Nullable Instant next,
    @Nullable Arrivals arrivals) {

  /** A trigger as a job got it just now. */
  static Schedule begin(JobId job, String by, JobTrigger trigger, Instant now) {
    Instant since = Instant.ofEpochSecond(now.getEpochSecond());
    Instant next = trigger.paused() ? null : Times.of(trigger, since).after(now).orElse(null);
    return new Schedule(job, by, trigger, since, next, null);
  }

  /** When something is to be done, but for looking at files. */
  @Nullable Instant due() {
    return isNew() ? since : next;
  }

  Schedule firesNext(@Nullable Instant at) {
    return new Schedule(job, by, trigger, since, at, arrivals);
  }

  Schedule saw(Arrivals files) {
    return new Schedule(job, by, trigger, since, next, files);
  }

  /** Whether the job had its trigger before there were schedules: then it begins now. */
  boolean isNew() {
    return since.equals(Instant.EPOCH);
  }

  /** Whether it looks at files. */
  boolean watches() {
    return trigger instanceof JobTrigger.FileArrival && !trigger.paused();
  }

  RunTrigger asks() {
    return switch (trigger) {
      case JobTrigger.Cron _, JobTrigger.Periodic _ -> RunTrigger.PERIODIC;
      case JobTrigger.FileArrival _ -> RunTrigger.FILE_ARRIVAL;
      case JobTrigger.Continuous _ -> RunTrigger.CONTINUOUS;
    };
  }
}
