package io.mutirao.dispatcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.dispatcher.run.Admission.Asker;
import io.mutirao.dispatcher.run.Admission.Queue;
import io.mutirao.dispatcher.run.Admission.Refuse;
import io.mutirao.dispatcher.run.Admission.Room;
import io.mutirao.dispatcher.run.Admission.Skip;
import io.mutirao.dispatcher.run.Admission.Start;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdmissionTest {

  private static final JobDefinition ONE_AT_A_TIME =
      JobDefinition.of(
          "nightly",
          List.of(Task.of("main", "noop", Codec.JSON.createObjectNode())),
          "databricks",
          Codec.JSON.createObjectNode());

  private static final Room FREE = new Room(0, 0, true, 1_000);
  private static final Room JOB_IS_FULL = new Room(1, 0, true, 1_000);
  private static final Room ALL_IS_FULL = new Room(0, 0, false, 1_000);

  @Test
  void aRunStartsWhenThereIsRoom() {
    assertThat(Admission.of(ONE_AT_A_TIME, FREE, null, Asker.SOMEBODY)).isEqualTo(new Start());
  }

  @Test
  void aRunBeyondTheJobsLimitIsSkipped() {
    assertThat(Admission.of(ONE_AT_A_TIME, JOB_IS_FULL, null, Asker.SOMEBODY))
        .isInstanceOfSatisfying(
            Skip.class,
            skip -> {
              assertThat(skip.end().result()).isEqualTo(Result.SKIPPED);
              assertThat(skip.end().cause()).isEqualTo(Cause.JOB_LIMIT);
              assertThat(skip.end().why())
                  .isEqualTo("Skipped: the job has 1 active run and max_concurrent_runs is 1.");
            });
  }

  @Test
  void aRunThatMayWaitIsQueuedAndSaysForWhat() {
    assertThat(Admission.of(ONE_AT_A_TIME, JOB_IS_FULL, true, Asker.SOMEBODY))
        .isInstanceOfSatisfying(
            Queue.class, queue -> assertThat(queue.cause()).isEqualTo(Cause.JOB_LIMIT));
    assertThat(Admission.of(ONE_AT_A_TIME, ALL_IS_FULL, true, Asker.SOMEBODY))
        .isInstanceOfSatisfying(
            Queue.class, queue -> assertThat(queue.cause()).isEqualTo(Cause.WORKSPACE_LIMIT));
  }

  @Test
  void nobodyOvertakesWhatWaits() {
    assertThat(Admission.of(ONE_AT_A_TIME, new Room(0, 1, true, 1_000), true, Asker.SOMEBODY))
        .isInstanceOf(Queue.class);
  }

  @Test
  void whoeverAsksWhenAllIsFullIsToldToComeAgain() {
    assertThat(Admission.of(ONE_AT_A_TIME, ALL_IS_FULL, null, Asker.SOMEBODY))
        .isInstanceOfSatisfying(Refuse.class, refuse -> assertThat(refuse.why()).contains("1000"));
  }

  @Test
  void aRunThatATaskWaitsForWaitsUntilThereIsRoom() {
    assertThat(Admission.of(ONE_AT_A_TIME, ALL_IS_FULL, null, Asker.A_TASK))
        .isInstanceOfSatisfying(
            Queue.class, queue -> assertThat(queue.cause()).isEqualTo(Cause.WORKSPACE_LIMIT));
    assertThat(Admission.of(ONE_AT_A_TIME, JOB_IS_FULL, null, Asker.A_TASK))
        .isInstanceOf(Skip.class);
  }

  @Test
  void aScheduleHearsNoRefusalSoItsRunSaysWhyItNeverBegan() {
    assertThat(Admission.of(ONE_AT_A_TIME, ALL_IS_FULL, null, Asker.NOBODY))
        .isInstanceOfSatisfying(
            Skip.class, skip -> assertThat(skip.end().cause()).isEqualTo(Cause.WORKSPACE_LIMIT));
  }
}
