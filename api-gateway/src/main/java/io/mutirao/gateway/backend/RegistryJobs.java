package io.mutirao.gateway.backend;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobCommand.CreateJob;
import io.mutirao.contracts.job.JobCommand.DeleteJob;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobView;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Jobs;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;

/** Jobs, as the registry owns them. */
@Singleton
final class RegistryJobs implements Jobs {

  private final Commands commands;
  private final Owners owners;

  RegistryJobs(Commands commands, Owners owners) {
    this.commands = commands;
    this.owners = owners;
  }

  @Override
  public JobId create(JobDefinition definition, Caller caller) throws Rejected {
    CreateJob command = new CreateJob(definition, caller.user(), List.of());
    var reply = commands.ask(Topics.JOB_COMMANDS, command, caller, commands.deadline());
    return Objects.requireNonNull(Refusals.accepted(reply, 0).job(), "the registry names the job");
  }

  @Override
  public JobView get(JobId job) throws Rejected {
    return owners
        .registry()
        .get("/jobs/" + job, JobView.class)
        .orElseThrow(() -> new Rejected(new Problem.UnknownJob(job.value())));
  }

  private record JobList(List<JobView> jobs) {}

  @Override
  public List<JobView> list() throws Rejected {
    return owners.registry().get("/jobs", JobList.class).map(JobList::jobs).orElse(List.of());
  }

  @Override
  public void delete(JobId job, Caller caller) throws Rejected {
    DeleteJob command = new DeleteJob(job, caller.user());
    var reply = commands.ask(Topics.JOB_COMMANDS, command, caller, commands.deadline());
    Refusals.accepted(reply, job.value());
  }
}
