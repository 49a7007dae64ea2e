package io.mutirao.registry.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobCommand.DeleteJob;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.registry.job.JobDecision.Created;
import io.mutirao.registry.job.JobDecision.Deleted;
import io.mutirao.registry.job.JobDecision.Unchanged;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JobDecisionTest {

  private static final JobId JOB = new JobId(44);
  private static final DeleteJob DELETE = new DeleteJob(JOB, "ana");
  private static final KnownJob.Living LIVING =
      new KnownJob.Living(3, "nightly", "ana", List.of("ana@example.org"));

  @Test
  void aNewJobGetsTheFreshIdAndVersionOne() {
    var create = Examples.create("nightly");

    assertThat(JobDecision.on("c", create, JOB))
        .isEqualTo(new Created(JOB, create, Accepted.ofJob("c", JOB, 1L)));
  }

  @Test
  void aJobWithoutANameIsRefused() {
    assertThat(JobDecision.on("c", Examples.create(" "), JOB))
        .isEqualTo(
            new Unchanged(
                new Refused("c", Refusal.INVALID, "name: a job needs one that is not blank")));
  }

  @Test
  void aDeletionIsAVersionOfItsOwn() {
    assertThat(JobDecision.on("c", DELETE, LIVING))
        .isEqualTo(new Deleted(JOB, 4, "ana", LIVING, Accepted.ofJob("c", JOB, 4L)));
  }

  @Test
  void deletingAJobThatIsGoneIsAcceptedAndChangesNothing() {
    assertThat(JobDecision.on("c", DELETE, new KnownJob.Gone(4)))
        .isEqualTo(new Unchanged(Accepted.ofJob("c", JOB, 4L)));
  }

  @Test
  void deletingAJobThatNeverWasIsAcceptedAndChangesNothing() {
    assertThat(JobDecision.on("c", DELETE, null))
        .isEqualTo(new Unchanged(Accepted.ofNoJob("c", JOB)));
  }
}
