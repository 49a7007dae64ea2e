package io.mutirao.dispatcher.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.task.Ending;
import io.mutirao.dispatcher.lifecycle.RunInput.Beat;
import io.mutirao.dispatcher.lifecycle.RunInput.ClaimsRead;
import io.mutirao.dispatcher.lifecycle.RunInput.End;
import io.mutirao.dispatcher.lifecycle.RunInput.Ended;
import io.mutirao.dispatcher.lifecycle.RunInput.OfferAged;
import io.mutirao.dispatcher.lifecycle.RunInput.Reason;
import io.mutirao.dispatcher.lifecycle.RunInput.Started;
import io.mutirao.dispatcher.lifecycle.RunInput.WorkerSilent;
import io.mutirao.dispatcher.lifecycle.RunState.Claimed;
import io.mutirao.dispatcher.lifecycle.RunState.Finished;
import io.mutirao.dispatcher.lifecycle.RunState.Offered;
import io.mutirao.dispatcher.lifecycle.RunState.Running;
import io.mutirao.dispatcher.lifecycle.RunState.Terminating;
import io.mutirao.dispatcher.lifecycle.Step.Effect.Offer;
import io.mutirao.dispatcher.lifecycle.Step.Effect.Stop;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  private static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant NOW = T0.plusSeconds(60);
  private static final AttemptId ATTEMPT = new AttemptId(7);
  private static final AttemptId OTHER_ATTEMPT = new AttemptId(8);
  private static final WorkerId WORKER = new WorkerId("worker-1/a");
  private static final WorkerId OTHER = new WorkerId("worker-2/b");

  private static final Offered OFFERED = new Offered(ATTEMPT, T0);
  private static final Claimed CLAIMED = new Claimed(ATTEMPT, WORKER);
  private static final Running RUNNING = new Running(ATTEMPT, WORKER, T0);
  private static final Terminating TERMINATING =
      new Terminating(ATTEMPT, WORKER, T0, Result.CANCELED, "Canceled by ana.");
  private static final Finished DONE = new Finished(Result.SUCCEEDED, "", T0, NOW);

  private static Step on(RunState state, RunInput input) {
    return Lifecycle.on(state, input, NOW);
  }

  private static Ended ended(Ending ending, String message) {
    return new Ended(ATTEMPT, WORKER, ending, message, NOW);
  }

  @Test
  void anOfferedRunRunsWhenItsWorkerSaysSo() {
    assertThat(on(OFFERED, new Started(ATTEMPT, WORKER, NOW)))
        .isEqualTo(Step.to(new Running(ATTEMPT, WORKER, NOW)));
  }

  @Test
  void aRunEndsAsItsWorkerReports() {
    assertThat(on(RUNNING, ended(Ending.SUCCEEDED, "")).next())
        .isEqualTo(new Finished(Result.SUCCEEDED, "", T0, NOW));
    assertThat(on(RUNNING, ended(Ending.FAILED, "ValueError: bad")).next())
        .isEqualTo(new Finished(Result.FAILED, "ValueError: bad", T0, NOW));
  }

  @Test
  void aClaimedAttemptThatItsWorkerDidNotDareToStartFails() {
    assertThat(on(CLAIMED, ended(Ending.NOT_STARTED, "lease too old")).next())
        .isEqualTo(new Finished(Result.FAILED, "lease too old", null, NOW));
  }

  @Test
  void aReportOfAWorkerThatDoesNotHoldTheAttemptChangesNothingAndIsAnsweredWithStop() {
    assertThat(on(RUNNING, new Started(ATTEMPT, OTHER, NOW)))
        .isEqualTo(Step.to(RUNNING, new Stop(ATTEMPT, OTHER)));
    assertThat(on(RUNNING, new Beat(ATTEMPT, OTHER)))
        .isEqualTo(Step.to(RUNNING, new Stop(ATTEMPT, OTHER)));
    assertThat(on(RUNNING, new Ended(ATTEMPT, OTHER, Ending.SUCCEEDED, "", NOW)))
        .isEqualTo(Step.ignore(RUNNING));
  }

  @Test
  void aReportOfAnotherAttemptChangesNothing() {
    assertThat(on(RUNNING, new Ended(OTHER_ATTEMPT, WORKER, Ending.FAILED, "", NOW)))
        .isEqualTo(Step.ignore(RUNNING));
    assertThat(on(RUNNING, new WorkerSilent(OTHER_ATTEMPT))).isEqualTo(Step.ignore(RUNNING));
  }

  @Test
  void aRepeatedStartChangesNothing() {
    assertThat(on(RUNNING, new Started(ATTEMPT, WORKER, NOW))).isEqualTo(Step.ignore(RUNNING));
  }

  @Test
  void whatNobodyHasStartedIsCanceledAtOnce() {
    assertThat(on(OFFERED, new End(Reason.CANCELED, "why", null)))
        .isEqualTo(Step.to(new Finished(Result.CANCELED, "why", null, NOW)));
  }

  @Test
  void whatAWorkerHasClaimedIsStoppedThere() {
    assertThat(on(OFFERED, new End(Reason.CANCELED, "why", WORKER)))
        .isEqualTo(
            Step.to(
                new Terminating(ATTEMPT, WORKER, null, Result.CANCELED, "why"),
                new Stop(ATTEMPT, WORKER)));
    assertThat(on(RUNNING, new End(Reason.TIMED_OUT, "late", null)))
        .isEqualTo(
            Step.to(
                new Terminating(ATTEMPT, WORKER, T0, Result.TIMED_OUT, "late"),
                new Stop(ATTEMPT, WORKER)));
  }

  @Test
  void theFirstReasonToEndStays() {
    assertThat(on(TERMINATING, new End(Reason.TIMED_OUT, "late", null)))
        .isEqualTo(Step.ignore(TERMINATING));
  }

  @Test
  void aStoppedTaskEndsAsItWasToldEvenIfItSucceededInBetween() {
    assertThat(on(TERMINATING, ended(Ending.SUCCEEDED, "")).next())
        .isEqualTo(new Finished(Result.CANCELED, "Canceled by ana.", T0, NOW));
  }

  @Test
  void aWorkerThatBeatsForAStoppedAttemptIsToldAgain() {
    assertThat(on(TERMINATING, new Beat(ATTEMPT, WORKER)))
        .isEqualTo(Step.to(TERMINATING, new Stop(ATTEMPT, WORKER)));
  }

  @Test
  void aStartThatCrossesAStopIsRememberedAndStoppedAgain() {
    Terminating unstarted = new Terminating(ATTEMPT, WORKER, null, Result.CANCELED, "why");
    assertThat(on(unstarted, new Started(ATTEMPT, WORKER, NOW)))
        .isEqualTo(
            Step.to(
                new Terminating(ATTEMPT, WORKER, NOW, Result.CANCELED, "why"),
                new Stop(ATTEMPT, WORKER)));
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
    for (RunState state : new RunState[] {CLAIMED, RUNNING}) {
      Finished over = (Finished) on(state, new WorkerSilent(ATTEMPT)).next();
      assertThat(over.result()).isEqualTo(Result.FAILED);
      assertThat(over.message()).startsWith("Worker lost: worker-1/a");
    }
    assertThat(on(TERMINATING, new WorkerSilent(ATTEMPT)).next())
        .isEqualTo(new Finished(Result.CANCELED, "Canceled by ana.", T0, NOW));
  }

  @Test
  void aResultFromAWorkerThatLostItsLeaseIsIgnored() {
    RunState lost = on(RUNNING, new WorkerSilent(ATTEMPT)).next();
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
