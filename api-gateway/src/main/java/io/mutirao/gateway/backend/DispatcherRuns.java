package io.mutirao.gateway.backend;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.JobView;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.contracts.run.RunCommand;
import io.mutirao.contracts.run.RunCommand.CancelJobRuns;
import io.mutirao.contracts.run.RunCommand.CancelRun;
import io.mutirao.contracts.run.RunCommand.DeleteRun;
import io.mutirao.contracts.run.RunCommand.RepairRun;
import io.mutirao.contracts.run.RunCommand.RunJob;
import io.mutirao.contracts.run.RunCommand.SubmitRun;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Fresh;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs;
import io.mutirao.gateway.core.Unguarded;
import io.mutirao.gateway.core.Workers;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/** Runs, as the dispatcher owns them. */
@Singleton
@Unguarded
final class DispatcherRuns implements Runs {

  /** Before each further asking for a run of a job that the dispatcher did not know yet. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(1));

  private final Commands commands;
  private final Owners owners;
  private final CreationRate rate;
  private final RunReads reads;
  private final EmptyPools emptyPools;

  DispatcherRuns(
      Commands commands, Owners owners, CreationRate rate, RunReads reads, Workers workers) {
    this.commands = commands;
    this.rate = rate;
    this.owners = owners;
    this.reads = reads;
    this.emptyPools = new EmptyPools(workers);
  }

  @Override
  public Made runNow(Request request, Caller caller) throws Rejected {
    RunJob command =
        new RunJob(
            request.job(),
            request.parameters(),
            request.token(),
            caller.user(),
            request.jobParameters(),
            request.queue(),
            request.only(),
            null,
            null);
    long deadline = commands.deadline();
    Reply reply = commands.ask(Topics.RUN_COMMANDS, command, caller, deadline);
    // Somebody who did not wait for the answer to his create may be faster than the definition.
    for (Duration pause : PAUSES) {
      if (!unknownJob(reply)) {
        break;
      }
      requireRegistered(request.job());
      LockSupport.parkNanos(pause.toNanos());
      reply = commands.ask(Topics.RUN_COMMANDS, command, caller, deadline);
    }
    if (unknownJob(reply)) {
      requireRegistered(request.job());
      throw new Rejected(Problem.Away.forASecond("The run dispatcher does not know the job yet"));
    }
    Accepted accepted = Refusals.accepted(reply, request.job().value());
    return new Made(
        Objects.requireNonNull(accepted.run(), "the dispatcher names the run"),
        Objects.requireNonNull(accepted.numberInJob(), "the dispatcher numbers the run"));
  }

  @Override
  public RunId submit(Submission submission, Caller caller) throws Rejected {
    rate.take();
    SubmitRun command =
        new SubmitRun(
            submission.definition(), submission.token(), caller.user(), submission.access());
    Accepted accepted = Refusals.accepted(ask(command, caller), 0);
    return Objects.requireNonNull(accepted.run(), "the dispatcher names the run");
  }

  private static boolean unknownJob(Reply reply) {
    return reply instanceof Refused refused && refused.reason() == Refusal.UNKNOWN_JOB;
  }

  private void requireRegistered(JobId job) throws Rejected {
    if (owners.registry().get("/jobs/" + job, JobView.class).isEmpty()) {
      throw new Rejected(new Problem.UnknownJob(job.value()));
    }
  }

  @Override
  public Fresh<RunView> get(RunId run, Caller caller) throws Rejected {
    return emptyPools.explainedRun(
        reads.run(run).orElseThrow(() -> new Rejected(new Problem.UnknownRun(run.value()))));
  }

  @Override
  public Fresh<RunPage> list(Query query, Caller caller) throws Rejected {
    return emptyPools.explainedPage(reads.page(query));
  }

  @Override
  public void cancel(RunId run, Caller caller) throws Rejected {
    Refusals.accepted(ask(new CancelRun(run, caller.user()), caller), run.value());
  }

  @Override
  public void cancelAll(JobId job, Caller caller) throws Rejected {
    Reply reply = ask(new CancelJobRuns(job, caller.user()), caller);
    if (unknownJob(reply)) {
      requireRegistered(job); // and so new that nothing of it can run
    } else {
      Refusals.accepted(reply, job.value());
    }
  }

  @Override
  public void delete(RunId run, Caller caller) throws Rejected {
    Refusals.accepted(ask(new DeleteRun(run, caller.user()), caller), run.value());
  }

  @Override
  public long repair(Repair repair, Caller caller) throws Rejected {
    RepairRun command =
        new RepairRun(
            repair.run(),
            repair.tasks(),
            repair.allFailed(),
            repair.dependents(),
            repair.latestRepair(),
            repair.parameters(),
            repair.jobParameters(),
            caller.user());
    Accepted accepted = Refusals.accepted(ask(command, caller), repair.run().value());
    return Objects.requireNonNull(accepted.repair(), "the dispatcher names the repair");
  }

  private Reply ask(RunCommand command, Caller caller) throws Rejected {
    return commands.ask(Topics.RUN_COMMANDS, command, caller, commands.deadline());
  }
}
