package io.mutirao.worker.execution;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.objects.TaskLog;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.worker.guard.Ended;
import io.mutirao.worker.guard.Guard;
import io.mutirao.worker.guard.GuardedTask;
import io.mutirao.worker.output.OutputKeeper;
import io.mutirao.worker.runner.Runners;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Carries granted attempts out: plan, start, wait, keep the output, report. */
public final class Executions {

  private static final Logger LOG = Logger.getLogger(Executions.class);

  private final Attempts attempts;
  private final Runners runners;
  private final Hands hands;
  private final Reporter reporter;

  /** What does the work on this machine. */
  public record Hands(Guard guard, Workplace workplace, OutputKeeper output) {}

  public Executions(Attempts attempts, Runners runners, Hands hands, Reporter reporter) {
    this.attempts = attempts;
    this.runners = runners;
    this.hands = hands;
    this.reporter = reporter;
  }

  /** Starts an attempt whose claim was granted; at once if its kind is instant. */
  public void begin(LiveAttempt attempt) {
    if (runners.isInstant(attempt.offer().kind())) {
      carryOut(attempt);
    } else {
      Thread.ofVirtual().name("begin-" + attempt.id()).start(() -> carryOut(attempt));
    }
  }

  private void carryOut(LiveAttempt attempt) {
    if (!attempt.isSafe(System.nanoTime())) {
      LOG.warnf(
          "Attempt %s is not started: the answer to its claim came too late; the dispatcher decides what follows",
          attempt.id());
      end(attempt, Verdict.notStarted());
      return;
    }
    try {
      switch (plan(attempt)) {
        case Plan.Rejected(String reason) -> {
          end(attempt, Verdict.rejected(reason));
          hands.workplace().clear(attempt);
        }
        case Plan.Done _ -> {
          reporter.started(attempt);
          end(attempt, Verdict.succeeded());
        }
        case Plan.Command command -> run(attempt, command);
      }
    } catch (IOException | RuntimeException e) {
      LOG.errorf(e, "Attempt %s could not be started and ends as failed", attempt.id());
      end(attempt, Verdict.rejected("the worker could not start the task: " + e));
      hands.workplace().clear(attempt);
    }
  }

  private Plan plan(LiveAttempt attempt) throws IOException {
    var offer = attempt.offer();
    var folder = hands.workplace().folder(attempt);
    if (!runners.isInstant(offer.kind())) {
      Files.createDirectories(folder);
    }
    return runners.plan(
        offer.kind(),
        offer.spec(),
        new Attempt(offer.job().value(), offer.run().value(), offer.attempt().value(), folder));
  }

  private void run(LiveAttempt attempt, Plan.Command command) {
    Workplace workplace = hands.workplace();
    GuardedTask task =
        new GuardedTask(
            attempt.id().value(),
            command.argv(),
            workplace.environment(attempt, command.environment()),
            workplace.folder(attempt),
            workplace.output(attempt),
            TaskLog.STORED_BYTES,
            ended ->
                Thread.ofVirtual().name("end-" + attempt.id()).start(() -> over(attempt, ended)));
    reporter.started(attempt);
    if (!attempt.enterGuard(() -> hands.guard().start(task, attempt.safeUntil()))) {
      end(attempt, Verdict.stopped(attempt.stopReason()));
      workplace.clear(attempt);
    }
  }

  private void over(LiveAttempt attempt, Ended ended) {
    Verdict verdict = Verdict.of(ended, attempt.stopReason());
    if (verdict.cause() == Verdict.Cause.LEASE_LOST) {
      LOG.warnf(
          "Attempt %s was killed: this worker could not renew its lease; the job's retry policy decides what follows",
          attempt.id());
    }
    var offer = attempt.offer();
    hands.output().keep(offer.run(), offer.attempt(), hands.workplace().output(attempt));
    end(attempt, verdict);
    hands.workplace().clear(attempt);
  }

  private void end(LiveAttempt attempt, Verdict verdict) {
    if (attempt.end()) {
      // First the report: who waits for the last attempt then closes the way out.
      reporter.ended(attempt, verdict);
      attempts.remove(attempt);
    }
  }

  /** Stops an attempt with its whole tree. Of one that is not here: nothing. */
  public void stop(AttemptId id, StopReason why, Duration grace) {
    LiveAttempt attempt = attempts.get(id);
    if (attempt == null) {
      LOG.debugf("Attempt %s is to stop but is not here any more", id);
    } else if (attempt.stop(why)) {
      hands.guard().stop(id.value(), grace);
    }
  }
}
