package io.mutirao.systemtests.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Run;
import io.mutirao.systemtests.stack.Scripts;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Removing jobs. */
@OnJourneyStack
class DeleteIT {

  private final Jobs jobs;
  private final Scripts scripts;

  DeleteIT(Mutirao mutirao) {
    jobs = mutirao.jobs();
    scripts = mutirao.scripts();
  }

  private Answer delete(long job) {
    return jobs.post("delete", Map.of("job_id", job));
  }

  @Test
  void aDeletedJobIsGoneWhenTheCallReturnsAndMayBeDeletedAgain() {
    long job = jobs.create(JobSettings.noop());

    assertThat(delete(job).ok().size()).isZero();

    assertThat(jobs.get("get?job_id=" + job).message())
        .isEqualTo("Job " + job + " does not exist.");
    assertThat(jobs.get("list").ok().path("jobs"))
        .noneMatch(each -> each.path("job_id").asLong() == job);
    assertThat(delete(job).status()).isEqualTo(200);
  }

  @Test
  void aDeletedJobCannotBeRun() {
    long job = jobs.create(JobSettings.noop());
    delete(job).ok();

    Answer refused = jobs.post("run-now", Map.of("job_id", job));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
    assertThat(refused.message()).isEqualTo("Job " + job + " does not exist.");
  }

  @Test
  void theHistoryOfADeletedJobIsHidden() {
    long job = jobs.create(JobSettings.noop());
    Run run = jobs.runToEnd(job);

    delete(job).ok();

    await("the run of the deleted job is hidden")
        .atMost(Jobs.DEADLINE)
        .until(() -> jobs.get("runs/get?run_id=" + run.id()).status() == 400);
    assertThat(jobs.get("runs/get?run_id=" + run.id()).message())
        .isEqualTo("Run " + run.id() + " does not exist.");
    assertThat(jobs.get("runs/list?limit=1000").ok().path("runs"))
        .noneMatch(each -> each.path("job_id").asLong() == job);
  }

  @Test
  void theActiveRunsOfADeletedJobAreEnded() {
    Path pids = scripts.newFile(".pids");
    long job = jobs.create(JobSettings.python(scripts.write(ProcessTree.writing(pids))));
    jobs.runNow(job);
    ProcessTree tree = ProcessTree.read(pids);

    delete(job).ok();

    await("the processes of the deleted job").atMost(Jobs.DEADLINE).untilAsserted(tree::assertGone);
  }

  @Test
  void deletingAJobThatNeverWasIsNothingToDo() {
    assertThat(delete(4_000_000_000L).ok().size()).isZero();
  }
}
