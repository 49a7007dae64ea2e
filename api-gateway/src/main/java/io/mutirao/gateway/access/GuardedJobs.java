package io.mutirao.gateway.access;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.Grant.Level;
import io.mutirao.contracts.job.JobPage;
import io.mutirao.contracts.job.JobView;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Jobs;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Unguarded;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;

/** Jobs, for those who may. Lists show only what one may see: the registry leaves out the rest. */
@Singleton
final class GuardedJobs implements Jobs {

  private final Jobs jobs;
  private final JobGuard guard;

  GuardedJobs(@Unguarded Jobs jobs, JobGuard guard) {
    this.jobs = jobs;
    this.guard = guard;
  }

  @Override
  public JobId create(Wanted wanted, Caller caller) throws Rejected {
    guard.checkNew(
        wanted.definition(), Objects.requireNonNullElse(wanted.access(), List.of()), caller.who());
    return jobs.create(wanted, caller);
  }

  @Override
  public JobView get(JobId job, Caller caller) throws Rejected {
    guard.require(job, Level.VIEW, caller.who());
    return jobs.get(job, caller);
  }

  @Override
  public JobPage list(Query query, Caller caller) throws Rejected {
    return jobs.list(query, caller);
  }

  @Override
  public void change(JobId job, Change change, Caller caller) throws Rejected {
    guard.require(job, Level.MANAGE, caller.who());
    jobs.change(
        job,
        now -> {
          Wanted wanted = change.of(now);
          String runAs = Objects.requireNonNullElse(wanted.definition().runAs(), now.owner());
          if (!runAs.equalsIgnoreCase(now.runsAs())) {
            guard.checkRunAs(runAs, caller.who());
          }
          guard.checkRuns(RunsOthers.added(now.definition(), wanted.definition()), caller.who());
          if (wanted.access() != null) {
            guard.checkChange(job, wanted.access(), caller.who());
          }
          return wanted;
        },
        caller);
  }

  @Override
  public void delete(JobId job, Caller caller) throws Rejected {
    guard.require(job, Level.MANAGE, caller.who());
    jobs.delete(job, caller);
  }
}
