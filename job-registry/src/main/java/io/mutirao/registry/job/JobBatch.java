package io.mutirao.registry.job;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.JobCommand;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.registry.job.JobDecision.Created;
import io.mutirao.registry.job.JobDecision.Deleted;
import io.mutirao.registry.job.JobDecision.Repeated;
import io.mutirao.registry.job.JobDecision.Replaced;
import io.mutirao.registry.job.JobDecision.Unchanged;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The commands of one batch, one after the other: each sees what those before it did. */
final class JobBatch {

  /**
   * What the database knows of the jobs and command ids that a batch names.
   *
   * @param answers by command id, of commands that came before
   * @param stock how many jobs there are; nothing when none is to be created
   */
  record Known(Map<JobId, KnownJob> jobs, Map<String, Reply> answers, JobLimits.Stock stock) {}

  private final Map<JobId, KnownJob> jobs;
  private final Map<String, Reply> given;
  private final JobLimits limits;
  private final LongSupplier ids;
  private JobLimits.Stock stock;
  private final List<Created> created = new ArrayList<>();
  private final List<Replaced> replaced = new ArrayList<>();
  private final List<Deleted> deleted = new ArrayList<>();
  private final Map<JobId, AccessChange> access = new LinkedHashMap<>();
  private final Map<String, Reply> answers = new LinkedHashMap<>();

  JobBatch(Known known, JobLimits limits, LongSupplier ids) {
    this.limits = limits;
    this.stock = known.stock();
    this.jobs = new HashMap<>(known.jobs());
    this.given = new HashMap<>(known.answers());
    this.ids = ids;
  }

  JobDecision on(String command, JobCommand asked) {
    Reply before = given.get(command);
    JobDecision decision = before == null ? decide(command, asked) : new Repeated(before);
    remember(command, decision);
    return decision;
  }

  private JobDecision decide(String command, JobCommand asked) {
    return switch (asked) {
      case JobCommand.CreateJob create ->
          limits
              .refuse(command, create.definition())
              .or(() -> limits.refuse(command, stock))
              .<JobDecision>map(JobDecision.Unchanged::new)
              .orElseGet(() -> JobDecision.on(command, create, new JobId(ids.getAsLong())));
      case JobCommand.ReplaceJob replace ->
          limits
              .refuse(command, replace.definition())
              .<JobDecision>map(JobDecision.Unchanged::new)
              .orElseGet(() -> JobDecision.on(command, replace, jobs.get(replace.job())));
      case JobCommand.DeleteJob delete -> JobDecision.on(command, delete, jobs.get(delete.job()));
    };
  }

  private void remember(String command, JobDecision decision) {
    switch (decision) {
      case Created made -> {
        created.add(made);
        stock = stock.created();
        change(AccessChange.created(made.job(), made.asked().by(), made.asked().access()));
        jobs.put(
            made.job(),
            KnownJob.Living.of(
                JobDecision.FIRST_VERSION, made.asked().definition(), made.asked().by()));
      }
      case Replaced other -> {
        replaced.add(other);
        List<Grant> access = other.asked().access();
        if (access != null) {
          change(AccessChange.replaced(other.asked().job(), access));
        }
        jobs.put(
            other.asked().job(),
            KnownJob.Living.of(other.version(), other.asked().definition(), other.createdBy()));
      }
      case Deleted gone -> {
        deleted.add(gone);
        stock = stock.deleted();
        jobs.put(gone.job(), new KnownJob.Gone(gone.version()));
      }
      case Unchanged _ -> {}
      case Repeated _ -> {
        return; // its answer is kept already
      }
    }
    given.put(command, decision.answer());
    answers.put(command, decision.answer());
  }

  private void change(AccessChange later) {
    access.merge(later.job(), later, AccessChange::then);
  }

  /** Who may do what with the jobs of which that changes, each job once. */
  Collection<AccessChange> access() {
    return access.values();
  }

  List<Created> created() {
    return created;
  }

  JobLimits limits() {
    return limits;
  }

  /** In the order of their versions. */
  List<Replaced> replaced() {
    return replaced;
  }

  List<Deleted> deleted() {
    return deleted;
  }

  /** The answers that this batch gave first, by command id: to be kept. */
  Map<String, Reply> answers() {
    return answers;
  }
}
