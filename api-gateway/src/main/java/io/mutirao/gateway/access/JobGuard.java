package io.mutirao.gateway.access;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.Grant.Kind;
import io.mutirao.contracts.job.Grant.Level;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.gateway.core.Accounts;
import io.mutirao.gateway.core.Grants;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks who may what, lets {@link JobPolicy} decide, and refuses. */
@Singleton
final class JobGuard {

  private final Grants grants;
  private final Accounts accounts;

  JobGuard(Grants grants, Accounts accounts) {
    this.grants = grants;
    this.accounts = accounts;
  }

  /** Of a job that is not there: nothing, for whoever is asked next says so. */
  void require(JobId job, Level level, User user) throws Rejected {
    if (user.administrator()) {
      return;
    }
    Optional<List<Grant>> found = grants.of(job);
    if (found.isPresent() && !JobPolicy.allows(user, found.get(), level)) {
      throw denied(user, level, job);
    }
  }

  Set<JobId> visible(Collection<JobId> jobs, User user) throws Rejected {
    return grants.visible(jobs, user);
  }

  /** What a new job says of others. */
  void checkNew(JobDefinition definition, List<Grant> access, User user) throws Rejected {
    if (definition.runAs() != null) {
      checkRunAs(definition.runAs(), user);
    }
    checkRuns(RunsOthers.of(definition), user);
    check(access, List.of(), user);
  }

  /** Whoever has a job run others may run them himself: they act as their own users. */
  void checkRuns(Collection<JobId> others, User user) throws Rejected {
    for (JobId other : others) {
      require(other, Level.RUN, user);
    }
  }

  /** What a change says of others, if it says anything new. */
  void checkChange(JobId job, List<Grant> access, User user) throws Rejected {
    check(access, grants.of(job).orElse(List.of()), user);
  }

  void checkRunAs(String runAs, User user) throws Rejected {
    if (!JobPolicy.mayRunAs(user, runAs)) {
      throw new Rejected(
          new Problem.Denied(
              "User "
                  + user.name()
                  + " cannot make a job run as "
                  + runAs
                  + "; only administrators choose somebody else."));
    }
    if (!user.name().equalsIgnoreCase(runAs) && accounts.userNamed(runAs).isEmpty()) {
      throw Rejected.field("run_as", "there is no user " + runAs);
    }
  }

  private void check(List<Grant> access, List<Grant> before, User user) throws Rejected {
    int owners = 0;
    for (Grant grant : access) {
      requireThere(grant);
      if (grant.level() == Level.OWNER) {
        owners++;
        if (grant.kind() == Kind.GROUP) {
          throw Rejected.field(
              "access_control_list", "Groups cannot be the owner of a job: " + grant.principal());
        }
        if (!JobPolicy.mayOwn(user, before, grant)) {
          throw new Rejected(
              new Problem.Denied(
                  "Only administrators can change the owner of a job to " + grant.principal()));
        }
      }
    }
    if (owners > 1) {
      throw Rejected.field("access_control_list", "The job must have exactly one owner.");
    }
  }

  private void requireThere(Grant grant) throws Rejected {
    String name = grant.principal();
    boolean there =
        grant.kind() == Kind.GROUP
            ? accounts.groups().stream().anyMatch(group -> group.name().equalsIgnoreCase(name))
            : accounts.userNamed(name).isPresent();
    if (!there) {
      String kind = grant.kind() == Kind.GROUP ? "group" : "user";
      throw Rejected.field("access_control_list", "there is no " + kind + " " + name);
    }
  }

  static Rejected denied(User user, Level level, JobId job) {
    String levels =
        switch (level) {
          case VIEW -> "Admin or Manage Run or Owner or View";
          case RUN -> "Admin or Manage Run or Owner";
          case MANAGE -> "Admin or Manage or Owner";
          case OWNER -> "Admin or Owner";
        };
    return new Rejected(
        new Problem.Denied(
            "User "
                + user.name()
                + " does not have "
                + levels
                + " permissions on job "
                + job
                + "."));
  }
}
