package io.mutirao.dispatcher.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.task.Ending;
import io.mutirao.dispatcher.lifecycle.Step.Effect.Offer;
import io.mutirao.dispatcher.lifecycle.Step.Effect.Stop;
import io.mutirao.dispatcher.lifecycle.TaskInput.Beat;
import io.mutirao.dispatcher.lifecycle.TaskInput.Begin;
import io.mutirao.dispatcher.lifecycle.TaskInput.ClaimsRead;
import io.mutirao.dispatcher.lifecycle.TaskInput.Close;
import io.mutirao.dispatcher.lifecycle.TaskInput.End;
import io.mutirao.dispatcher.lifecycle.TaskInput.Ended;
import io.mutirao.dispatcher.lifecycle.TaskInput.OfferAged;
import io.mutirao.dispatcher.lifecycle.TaskInput.Started;
import io.mutirao.dispatcher.lifecycle.TaskInput.WorkerSilent;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import io.mutirao.dispatcher.lifecycle.TaskState.Blocked;
import io.mutirao.dispatcher.lifecycle.TaskState.Claimed;
import io.mutirao.dispatcher.lifecycle.TaskState.Finished;
import io.mutirao.dispatcher.lifecycle.TaskState.Left;
import io.mutirao.dispatcher.lifecycle.TaskState.Offered;
import io.mutirao.dispatcher.lifecycle.TaskState.Running;
import io.mutirao.dispatcher.lifecycle.TaskState.Terminating;
import io.mutirao.dispatcher.lifecycle.TaskState.Waiting;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  private static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant NOW = T0.plusSeconds(60);
  private static final AttemptId ATTEMPT = new AttemptId(7);
  private static final AttemptId OTHER_ATTEMPT = new AttemptId(8);
  private static final WorkerId WORKER = new WorkerId("worker-1/a");
  private static final WorkerId OTHER = new WorkerId("worker-2/b");

  private static final Becomes SUCCEEDED = new Becomes(Result.SUCCEEDED, Cause.DONE, "");
  private static final Becomes CANCELED =
      new Becomes(Result.CANCELED, Cause.CANCELED_BY_USER, "Canceled by ana.");
  private static final Becomes LATE = new Becomes(Result.TIMED_OUT, Cause.TIMED_OUT, "late");

  private static final Offered OFFERED = new Offered(ATTEMPT, T0);
  private static final Claimed CLAIMED = new Claimed(ATTEMPT, WORKER);
  private static final Running RUNNING = new Running(ATTEMPT, WORKER, T0);
  private static final Terminating TERMINATING = new Terminating(ATTEMPT, WORKER, T0, CANCELED);
  private static final Finished DONE = new Finished(SUCCEEDED, T0, NOW);

  private static Step on(TaskState state, TaskInput input) {
    return Lifecycle.on(state, input, NOW);
  }

  private static Ended ended(Ending ending, String message) {
    return new Ended(ATTEMPT, WORKER, ending, null, message, NOW, Left.NOTHING);
  }

  @Test
  void anOfferedRunRunsWhenItsWorkerSaysSo() {
    assertThat(on(OFFERED, new Started(ATTEMPT, WORKER, NOW)))
        .isEqualTo(Step.to(new Running(ATTEMPT, WORKER, NOW)));
  }

  @Test
  void whatIsBlockedOrWaitsIsOfferedWhenItsTimeComes() {
    for (TaskState idle : new TaskState[] {new Blocked(), new Waiting(NOW)}) {
      assertThat(on(idle, new Begin(ATTEMPT)))
          .isEqualTo(Step.to(new Offered(ATTEMPT, NOW), new Offer(ATTEMPT)));
      assertThat(on(idle, new End(CANCELED, null)))
          .isEqualTo(Step.to(new Finished(CANCELED, null, NOW)));
      assertThat(on(idle, new Beat(ATTEMPT, WORKER)))
          .isEqualTo(Step.to(idle, new Stop(ATTEMPT, WORKER)));
    }
  }

  @Test
  void whatBeganIsNotBegunAgain() {
    for (TaskState state : new TaskState[] {OFFERED, CLAIMED, RUNNING, TERMINATING, DONE}) {
      assertThat(on(state, new Begin(ATTEMPT))).isEqualTo(Step.ignore(state));
      assertThat(on(state, new Close(SUCCEEDED))).isEqualTo(Step.ignore(state));
    }
  }

  @Test
  void aRunEndsAsItsWorkerReports() {
    assertThat(on(RUNNING, ended(Ending.SUCCEEDED, "")).next())
        .isEqualTo(new Finished(SUCCEEDED, T0, NOW));
    assertThat(on(RUNNING, ended(Ending.FAILED, "ValueError: bad")).next())
        .isEqualTo(
            new Finished(
                new Becomes(Result.FAILED, Cause.TASK_FAILED, "ValueError: bad"), T0, NOW));
  }

  @Test
  void aClaimedAttemptThatItsWorkerDidNotDareToStartFails() {
    assertThat(on(CLAIMED, ended(Ending.NOT_STARTED, "lease too old")).next())
        .isEqualTo(
            new Finished(
                new Becomes(Result.FAILED, Cause.NOT_STARTED, "lease too old"), null, NOW));
  }

  @Test
  void aReportOfAWorkerThatDoesNotHoldTheAttemptChangesNothingAndIsAnsweredWithStop() {
    assertThat(on(RUNNING, new Started(ATTEMPT, OTHER, NOW)))
        .isEqualTo(Step.to(RUNNING, new Stop(ATTEMPT, OTHER)));
    assertThat(on(RUNNING, new Beat(ATTEMPT, OTHER)))
        .isEqualTo(Step.to(RUNNING, new Stop(ATTEMPT, OTHER)));
    assertThat(
            on(RUNNING, new Ended(ATTEMPT, OTHER, Ending.SUCCEEDED, null, "", NOW, Left.NOTHING)))
        .isEqualTo(Step.ignore(RUNNING));
  }

  @Test
  void aReportOfAnotherAttemptChangesNothing() {
    assertThat(
            on(
                RUNNING,
                new Ended(OTHER_ATTEMPT, WORKER, Ending.FAILED, null, "", NOW, Left.NOTHING)))
        .isEqualTo(Step.ignore(RUNNING));
    assertThat(on(RUNNING, new WorkerSilent(OTHER_ATTEMPT))).isEqualTo(Step.ignore(RUNNING));
  }

  @Test
  void aRepeatedStartChangesNothing() {
    assertThat(on(RUNNING, new Started(ATTEMPT, WORKER, NOW))).isEqualTo(Step.ignore(RUNNING));
  }

  @Test
  void whatNobodyHasStartedIsCanceledAtOnce() {
    assertThat(on(OFFERED, new End(CANCELED, null)))
        .isEqualTo(Step.to(new Finished(CANCELED, null, NOW)));
  }

  @Test
  void whatAWorkerHasClaimedIsStoppedThere() {
    assertThat(on(OFFERED, new End(CANCELED, WORKER)))
        .isEqualTo(
            Step.to(new Terminating(ATTEMPT, WORKER, null, CANCELED), new Stop(ATTEMPT, WORKER)));
    assertThat(on(RUNNING, new End(LATE, null)))
        .isEqualTo(Step.to(new Terminating(ATTEMPT, WORKER, T0, LATE), new Stop(ATTEMPT, WORKER)));
  }

  @Test
  void theFirstReasonToEndStays() {
    assertThat(on(TERMINATING, new End(LATE, null))).isEqualTo(Step.ignore(TERMINATING));
  }

  @Test
  void aStoppedTaskEndsAsItWasToldEvenIfItSucceededInBetween() {
    assertThat(on(TERMINATING, ended(Ending.SUCCEEDED, "")).next())
        .isEqualTo(new Finished(CANCELED, T0, NOW));
  }

  @Test
  void aWorkerThatBeatsForAStoppedAttemptIsToldAgain() {
    assertThat(on(TERMINATING, new Beat(ATTEMPT, WORKER)))
        .isEqualTo(Step.to(TERMINATING, new Stop(ATTEMPT, WORKER)));
  }

  @Test
  void aStartThatCrossesAStopIsRememberedAndStoppedAgain() {
    Terminating unstarted = new Terminating(ATTEMPT, WORKER, null, CANCELED);
    assertThat(on(unstarted, new Started(ATTEMPT, WORKER, NOW)))
        .isEqualTo(
            Step.to(new Terminating(ATTEMPT, WORKER, NOW, CANCELED), new Stop(ATTEMPT, WORKER)));
  }

  @Test
  void aClaimThatIsFoundMakesItsWorkerAnswerable() {
    assertThat(on(OFFERED, new ClaimsRead(ATTEMPT, WORKER))).isEqualTo(Step.to(CLAIMED));
    assertThat(on(OFFERED, new ClaimsRead(ATTEMPT, null))).isEqualTo(Step.ignore(OFFERED));
  }

  @Test
  void anOfferThatNobodyClaimedIsMadeAgain() {
    assertThat(on(OFFERED, new OfferAged(ATTEMPT)))
        .isEqualTo(Step.to(new Offered(ATTEMPT, NOW), new Offer(ATTEMPT)));
  }

  @Test
  void aSilentWorkersAttemptFails() {
    for (TaskState state : new TaskState[] {CLAIMED, RUNNING}) {
      Finished over = (Finished) on(state, new WorkerSilent(ATTEMPT)).next();
      assertThat(over.result()).isEqualTo(Result.FAILED);
      assertThat(over.end().why()).startsWith("Worker lost: worker-1/a");
    }
    assertThat(on(TERMINATING, new WorkerSilent(ATTEMPT)).next())
        .isEqualTo(new Finished(CANCELED, T0, NOW));
  }

  @Test
  void aResultFromAWorkerThatLostItsLeaseIsIgnored() {
    TaskState lost = on(RUNNING, new WorkerSilent(ATTEMPT)).next();
    assertThat(on(lost, ended(Ending.SUCCEEDED, ""))).isEqualTo(Step.ignore(lost));
  }

  @Test
  void whoeverStillRunsAnAttemptThatIsOverIsStoppedEachTime() {
    assertThat(on(DONE, new Beat(ATTEMPT, WORKER)).effects())
        .containsExactly(new Stop(ATTEMPT, WORKER));
    assertThat(on(DONE, new Started(ATTEMPT, WORKER, NOW)).effects())
        .containsExactly(new Stop(ATTEMPT, WORKER));
  }
}
