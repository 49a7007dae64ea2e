package io.mutirao.registry.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobCommand.CreateJob;
import io.mutirao.contracts.job.JobCommand.DeleteJob;
import io.mutirao.contracts.job.JobCommand.ReplaceJob;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.registry.job.JobDecision.Created;
import io.mutirao.registry.job.JobDecision.Deleted;
import io.mutirao.registry.job.JobDecision.Repeated;
import io.mutirao.registry.job.JobDecision.Unchanged;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class JobBatchTest {

  private final AtomicLong minted = new AtomicLong(40);

  @Test
  void aJobCreatedAndDeletedInOneBatchIsGone() {
    JobBatch batch = batch(Map.of(), Map.of());

    var created = (Created) batch.on("c1", Examples.create("nightly"));
    JobDecision deleted = batch.on("c2", new DeleteJob(created.job(), "ana"));
    JobDecision again = batch.on("c3", new DeleteJob(created.job(), "ana"));

    assertThat(deleted)
        .isInstanceOfSatisfying(Deleted.class, d -> assertThat(d.version()).isEqualTo(2));
    assertThat(again).isInstanceOf(Unchanged.class);
    assertThat(batch.created()).hasSize(1);
    assertThat(batch.deleted()).hasSize(1);
    assertThat(batch.answers()).containsOnlyKeys("c1", "c2", "c3");
  }

  @Test
  void oneCommandIdTwiceInABatchIsCarriedOutOnce() {
    JobBatch batch = batch(Map.of(), Map.of());

    JobDecision first = batch.on("c1", Examples.create("nightly"));
    JobDecision second = batch.on("c1", Examples.create("nightly"));

    assertThat(second).isEqualTo(new Repeated(first.answer()));
    assertThat(batch.created()).hasSize(1);
    assertThat(batch.answers()).hasSize(1);
  }

  @Test
  void aCommandIdOfAnEarlierBatchGetsItsKeptAnswerAndNothingElseHappens() {
    Reply kept = new Refused("c1", Refusal.UNPROCESSABLE, "as it was then");
    JobBatch batch = batch(Map.of(), Map.of("c1", kept));

    assertThat(batch.on("c1", Examples.create("nightly"))).isEqualTo(new Repeated(kept));
    assertThat(batch.created()).isEmpty();
    assertThat(batch.answers()).isEmpty();
    assertThat(minted).hasValue(40);
  }

  @Test
  void aRepeatedCreationAfterADeletionDoesNotBringTheJobBack() {
    JobId job = new JobId(12);
    Reply kept = Accepted.ofJob("c1", job, 1);
    JobBatch batch =
        batch(Map.of(job, new KnownJob.Living(1, "nightly", "ana", List.of())), Map.of("c1", kept));

    batch.on("c2", new DeleteJob(job, "ana"));

    assertThat(batch.on("c1", Examples.create("nightly"))).isEqualTo(new Repeated(kept));
    assertThat(batch.deleted()).hasSize(1);
  }

  @Test
  void beyondTheMostSavedJobsNoneIsCreatedUntilOneIsDeleted() {
    JobId job = new JobId(12);
    JobBatch batch =
        batch(
            Map.of(job, new KnownJob.Living(1, "nightly", "ana", List.of())),
            Map.of(),
            new JobLimits.Stock(2, 2));

    assertThat(batch.on("c1", Examples.create("third"))).isInstanceOf(Created.class);
    assertThat(batch.on("c2", Examples.create("fourth")).answer())
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.reason()).isEqualTo(Refusal.JOB_QUOTA));
    batch.on("c3", new DeleteJob(job, "ana"));
    assertThat(batch.on("c4", Examples.create("another"))).isInstanceOf(Created.class);
  }

  @Test
  void beyondTheMostInAnHourNoneIsCreatedEvenWhenOthersAreDeleted() {
    JobBatch batch = batch(Map.of(), Map.of(), new JobLimits.Stock(0, 3));

    assertThat(batch.on("c1", Examples.create("one"))).isInstanceOf(Created.class);
    assertThat(batch.on("c2", Examples.create("more")).answer())
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.reason()).isEqualTo(Refusal.CREATE_RATE));
  }

  @Test
  void aJobOfMoreTasksThanAreAllowedIsNeitherCreatedNorMadeOfAnother() {
    JobId job = new JobId(12);
    JobBatch batch =
        batch(Map.of(job, new KnownJob.Living(1, "nightly", "ana", List.of())), Map.of());
    JobDefinition large = Examples.ofTasks(3);
    Refused no = new Refused("c1", Refusal.INVALID, "tasks: expected from 1 to 2 tasks, not 3");

    assertThat(batch.on("c1", new CreateJob(large, "ana", List.of())).answer()).isEqualTo(no);
    assertThat(batch.on("c2", new ReplaceJob(job, large, null, null, "ana")).answer())
        .isEqualTo(new Refused("c2", no.reason(), no.message()));
    assertThat(batch.on("c3", new CreateJob(Examples.ofTasks(2), "ana", List.of())))
        .isInstanceOf(Created.class);
  }

  @Test
  void aRefusalIsKeptToo() {
    JobBatch batch = batch(Map.of(), Map.of());

    batch.on("c1", Examples.create(""));

    assertThat(batch.answers().get("c1")).isInstanceOf(Refused.class);
  }

  private JobBatch batch(Map<JobId, KnownJob> jobs, Map<String, Reply> answers) {
    return batch(jobs, answers, new JobLimits.Stock(0, 0));
  }

  private JobBatch batch(
      Map<JobId, KnownJob> jobs, Map<String, Reply> answers, JobLimits.Stock stock) {
    return new JobBatch(
        new JobBatch.Known(jobs, answers, stock), new Limits(3, 4, 2), minted::incrementAndGet);
  }

  private record Limits(int mostSaved, int mostHourly, int mostTasks) implements JobLimits {}
}
