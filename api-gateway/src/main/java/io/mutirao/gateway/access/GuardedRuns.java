package io.mutirao.gateway.access;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.Grant.Level;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Fresh;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs;
import io.mutirao.gateway.core.Unguarded;
import io.mutirao.gateway.core.User;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs, for those who may: what one may do with a run is what one may do with its job. A run of no
 * saved job is its submitter's, who may let others do something with it.
 */
@Singleton
final class GuardedRuns implements Runs {

  private final Runs runs;
  private final JobGuard guard;

  GuardedRuns(@Unguarded Runs runs, JobGuard guard) {
    this.runs = runs;
    this.guard = guard;
  }

  @Override
  public Made runNow(Request request, Caller caller) throws Rejected {
    guard.require(request.job(), Level.RUN, caller.who());
    return runs.runNow(request, caller);
  }

  @Override
  public RunId submit(Submission submission, Caller caller) throws Rejected {
    guard.checkNew(submission.definition(), submission.access(), caller.who());
    return runs.submit(submission, caller);
  }

  @Override
  public Fresh<RunView> get(RunId run, Caller caller) throws Rejected {
    Fresh<RunView> found = runs.get(run, caller);
    require(found.what(), Level.VIEW, caller.who());
    // What others may do is looked at each time.
    return caller.who().administrator() ? found : Fresh.now(found.what());
  }

  @Override
  public Fresh<RunPage> list(Query query, Caller caller) throws Rejected {
    if (caller.who().administrator()) {
      return runs.list(query, caller);
    }
    if (query.job() != null) {
      guard.require(query.job(), Level.VIEW, caller.who());
    }
    return Fresh.now(
        new VisibleRuns(
                page -> runs.list(page, caller).what(), found -> visible(found, caller.who()))
            .list(query));
  }

  private List<RunView> visible(List<RunView> found, User user) throws Rejected {
    Set<JobId> jobs =
        guard.visible(
            found.stream()
                .filter(run -> !run.submitted())
                .map(RunView::job)
                .collect(Collectors.toSet()),
            user);
    return found.stream()
        .filter(run -> run.submitted() ? allows(run, Level.VIEW, user) : jobs.contains(run.job()))
        .toList();
  }

  @Override
  public void cancel(RunId run, Caller caller) throws Rejected {
    require(run, Level.RUN, caller);
    runs.cancel(run, caller);
  }

  @Override
  public void cancelAll(JobId job, Caller caller) throws Rejected {
    guard.require(job, Level.RUN, caller.who());
    runs.cancelAll(job, caller);
  }

  @Override
  public void delete(RunId run, Caller caller) throws Rejected {
    require(run, Level.MANAGE, caller);
    runs.delete(run, caller);
  }

  @Override
  public long repair(Repair repair, Caller caller) throws Rejected {
    require(repair.run(), Level.RUN, caller);
    return runs.repair(repair, caller);
  }

  private void require(RunId run, Level level, Caller caller) throws Rejected {
    if (!caller.who().administrator()) {
      require(runs.get(run, caller).what(), level, caller.who());
    }
  }

  private void require(RunView run, Level level, User user) throws Rejected {
    if (!run.submitted()) {
      guard.require(run.job(), level, user);
    } else if (!allows(run, level, user)) {
      throw JobGuard.denied(user, level, run.job());
    }
  }

  private static boolean allows(RunView submitted, Level level, User user) {
    return submitted.by().equalsIgnoreCase(user.name())
        || JobPolicy.allows(user, submitted.access(), level);
  }
}
