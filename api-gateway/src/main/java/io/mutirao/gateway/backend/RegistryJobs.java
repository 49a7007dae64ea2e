package io.mutirao.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.JobCommand.CreateJob;
import io.mutirao.contracts.job.JobCommand.DeleteJob;
import io.mutirao.contracts.job.JobCommand.ReplaceJob;
import io.mutirao.contracts.job.JobPage;
import io.mutirao.contracts.job.JobView;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.contracts.run.ListedRuns;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Jobs;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Unguarded;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** Jobs, as the registry owns them. */
@Singleton
@Unguarded
final class RegistryJobs implements Jobs {

  /** The most that somebody rests whose change came after another one. */
  private static final long MOST_REST_NANOS = Duration.ofMillis(30).toNanos();

  /** How long a change is tried again: a crowd of them gets through, one after the other. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** After a deletion; each further look comes after twice as long. */
  private static final long FIRST_LOOK_NANOS = Duration.ofMillis(2).toNanos();

  private static final Logger log = Logger.getLogger(RegistryJobs.class);

  private final Commands commands;
  private final Owners owners;
  private final CreationRate rate;

  RegistryJobs(Commands commands, Owners owners, CreationRate rate) {
    this.commands = commands;
    this.owners = owners;
    this.rate = rate;
  }

  @Override
  public JobId create(Wanted wanted, Caller caller) throws Rejected {
    rate.take();
    List<Grant> access = wanted.access() == null ? List.of() : wanted.access();
    CreateJob command = new CreateJob(wanted.definition(), caller.user(), access);
    var reply = commands.ask(Topics.JOB_COMMANDS, command, caller, commands.deadline());
    return Objects.requireNonNull(Refusals.accepted(reply, 0).job(), "the registry names the job");
  }

  @Override
  public JobView get(JobId job, Caller caller) throws Rejected {
    return owners
        .registry()
        .get("/jobs/" + job, JobView.class)
        .orElseThrow(() -> new Rejected(new Problem.UnknownJob(job.value())));
  }

  @Override
  public JobPage list(Query query, Caller caller) throws Rejected {
    StringBuilder path = new StringBuilder("/jobs?limit=").append(query.limit());
    path.append("&offset=").append(query.offset());
    if (query.name() != null) {
      path.append("&name=").append(URLEncoder.encode(query.name(), UTF_8));
    }
    if (!caller.who().administrator()) {
      path.append("&as=").append(URLEncoder.encode(caller.user(), UTF_8));
    }
    if (query.page() != null) {
      path.append("&page=").append(URLEncoder.encode(query.page(), UTF_8));
    }
    return owners
        .registry()
        .get(path.toString(), JobPage.class)
        .orElse(new JobPage(List.of(), null, null));
  }

  @Override
  public void change(JobId job, Change change, Caller caller) throws Rejected {
    long deadline = commands.deadline();
    long patience = System.nanoTime() + PATIENCE.toNanos();
    Reply reply = replace(get(job, caller), change, caller, deadline);
    while (overtaken(reply) && System.nanoTime() - patience < 0) {
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MOST_REST_NANOS));
      reply = replace(get(job, caller), change, caller, deadline);
    }
    Refusals.accepted(reply, job.value());
  }

  /** Carried out only if the job still is what the change was made of. */
  private Reply replace(JobView now, Change change, Caller caller, long deadline) throws Rejected {
    Wanted wanted = change.of(now);
    ReplaceJob command =
        new ReplaceJob(
            now.job(), wanted.definition(), now.version(), wanted.access(), caller.user());
    return commands.ask(Topics.JOB_COMMANDS, command, caller, deadline);
  }

  private static boolean overtaken(Reply reply) {
    return reply instanceof Refused refused && refused.reason() == Refusal.VERSION_CHANGED;
  }

  @Override
  public void delete(JobId job, Caller caller) throws Rejected {
    DeleteJob command = new DeleteJob(job, caller.user());
    long deadline = commands.deadline();
    Refusals.accepted(commands.ask(Topics.JOB_COMMANDS, command, caller, deadline), job.value());
    awaitHidden(job, deadline);
  }

  /**
   * Until nobody sees the history of a job that is gone: the dispatcher hears of it a moment after
   * the registry has answered. While the dispatcher is away nobody sees anything.
   */
  private void awaitHidden(JobId job, long deadline) {
    String runs = "/runs?limit=1&offset=0&job=" + job;
    try {
      for (long pause = FIRST_LOOK_NANOS; deadline - System.nanoTime() > 0; pause *= 2) {
        Optional<ListedRuns> seen = owners.dispatcher().get(runs, ListedRuns.class);
        if (seen.isEmpty() || seen.get().page().runs().isEmpty()) {
          return;
        }
        LockSupport.parkNanos(Math.min(pause, MOST_REST_NANOS));
      }
      log.warnf("The runs of job %s, which was deleted, are still to be seen", job);
    } catch (Rejected e) {
      log.debugf("Nobody can tell whether the runs of job %s are hidden: %s", job, e.problem());
    }
  }
}
