package io.mutirao.worker.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.runner.Attempt;
import io.mutirao.runner.Plan;
import io.mutirao.runner.Results;
import io.mutirao.worker.desk.Desks;
import io.mutirao.worker.guard.Ended;
import io.mutirao.worker.guard.Guard;
import io.mutirao.worker.guard.GuardedTask;
import io.mutirao.worker.isolation.Isolation;
import io.mutirao.worker.output.OutputKeeper;
import io.mutirao.worker.runner.Runners;
import io.mutirao.worker.secret.SecretDesk;
import io.mutirao.worker.secret.SecretReferences;
import io.mutirao.worker.told.ToldValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Carries granted attempts out: plan, start, wait, keep the output, report. */
public final class Executions {

  private static final Logger LOG = Logger.getLogger(Executions.class);

  /** From SIGTERM to SIGKILL for the tasks of a worker that stops. */
  private static final Duration LAST_GRACE = Duration.ofSeconds(2);

  private static final Duration UNTIL_TASKS_ENDED = Duration.ofSeconds(5);

  private final Attempts attempts;
  private final Runners runners;
  private final Hands hands;
  private final Reporter reporter;

  /** What does the work on this machine. */
  public record Hands(
      Guard guard,
      Workplace workplace,
      Isolation isolation,
      OutputKeeper output,
      ToldValues told,
      Desks desks,
      SecretDesk secrets) {

    /** Nothing of the attempt stays on this machine. */
    void clear(LiveAttempt attempt) {
      desks.close(attempt.id().value());
      workplace.clear(attempt);
    }

    /**
     * A program of an attempt, walled off.
     *
     * @param cache whether it may change what attempts share
     * @param script the same as a script for an interpreter that waits; null: it is none
     */
    GuardedTask guarded(
        LiveAttempt attempt,
        Plan.Command command,
        boolean cache,
        Plan.@Nullable Script script,
        Consumer<Ended> onEnd)
        throws IOException {
      Path folder = workplace.folder(attempt);
      Isolation.Program program =
          isolation.program(
              command.argv(),
              workplace.environment(attempt, command.environment()),
              new Isolation.Room(folder, cache, command.given()));
      return new GuardedTask(
          attempt.id().value(),
          program.argv(),
          program.environment(),
          folder,
          workplace.output(attempt),
          output.limit(),
          program.walled(),
          script == null ? null : warm(script),
          isolation.groups(attempt.id().toString()),
          onEnd);
    }

    private GuardedTask.Script warm(Plan.Script script) {
      Path python = script.python() == null ? isolation.python() : script.python();
      return new GuardedTask.Script(python, script.file(), script.arguments());
    }
  }

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
          "Attempt %s is not started: the answer to its claim came too late; the dispatcher decides"
              + " what follows",
          attempt.id());
      end(attempt, Verdict.notStarted(), null, Map.of());
      return;
    }
    try {
      switch (plan(attempt)) {
        case Plan.Rejected rejected -> over(attempt, Verdict.rejected(rejected));
        case Plan.Done _ -> {
          reporter.started(attempt);
          end(attempt, Verdict.succeeded(), null, Map.of());
        }
        case Plan.Script script -> run(attempt, script.command(hands.isolation().python()), script);
        case Plan.Command command -> run(attempt, command, null);
      }
    } catch (InterruptedException e) {
      LOG.debugf("Attempt %s was stopped while it was prepared: %s", attempt.id(), e);
      over(attempt, Verdict.stopped(attempt.stopReason()));
    } catch (IOException | RuntimeException e) {
      LOG.errorf(e, "Attempt %s could not be started and ends as failed", attempt.id());
      over(attempt, Verdict.rejected("the worker could not start the task: " + e));
    }
  }

  private Plan plan(LiveAttempt attempt) throws IOException, InterruptedException {
    var offer = attempt.offer();
    if (runners.isInstant(offer.kind())) {
      return runners.plan(offer.kind(), offer.spec(), seen(attempt, setup(attempt)));
    }
    Files.createDirectories(hands.workplace().folder(attempt));
    hands.output().follow(offer.run(), offer.attempt(), hands.workplace().output(attempt));
    if (!attempt.beginPreparing()) {
      throw new InterruptedException("stopped before it was prepared");
    }
    try {
      return runners.plan(
          offer.kind(),
          withSecrets(attempt, offer.spec()),
          seen(attempt, withSecrets(attempt, setup(attempt))));
    } catch (SecretDesk.Withheld e) {
      return new Plan.Rejected(String.valueOf(e.getMessage()), Plan.Why.INVALID);
    } finally {
      attempt.endPreparing();
    }
  }

  /** As its runner sees it. */
  private Attempt seen(LiveAttempt attempt, ObjectNode setup) {
    var offer = attempt.offer();
    String task = offer.task();
    return new Attempt(
        offer.job().value(),
        offer.run().value(),
        offer.attempt().value(),
        task == null ? "" : task,
        hands.workplace().folder(attempt),
        setup,
        new Preparation(attempt, hands));
  }

  private static ObjectNode setup(LiveAttempt attempt) {
    ObjectNode setup = attempt.offer().setup();
    return setup == null ? Codec.JSON.createObjectNode() : setup;
  }

  /** References to secrets become what they stand for; from then on nothing shows them. */
  private ObjectNode withSecrets(LiveAttempt attempt, ObjectNode tree)
      throws SecretDesk.Withheld, IOException, InterruptedException {
    return SecretReferences.resolve(
        tree,
        (scope, key) -> {
          byte[] secret = hands.secrets().read(attempt.offer(), scope, key);
          hands.workplace().hide(attempt, secret);
          return new String(secret, UTF_8);
        });
  }

  private void run(LiveAttempt attempt, Plan.Command command, Plan.@Nullable Script script)
      throws IOException {
    if (!attempt.isSafe(System.nanoTime())) {
      over(attempt, Verdict.leaseLost());
      return;
    }
    GuardedTask task =
        hands.guarded(
            attempt,
            command,
            false,
            script,
            ended ->
                Thread.ofVirtual().name("end-" + attempt.id()).start(() -> over(attempt, ended)));
    reporter.started(attempt);
    if (!attempt.enterGuard(() -> hands.guard().start(task, attempt.safeUntil()))) {
      over(attempt, Verdict.stopped(attempt.stopReason()));
    }
  }

  /** It ends without its program having run. */
  private void over(LiveAttempt attempt, Verdict verdict) {
    var offer = attempt.offer();
    hands.output().keep(offer.run(), offer.attempt(), hands.workplace().output(attempt));
    hands.clear(attempt);
    end(attempt, verdict, null, Map.of());
  }

  private void over(LiveAttempt attempt, Ended ended) {
    Instant until = reporter.clock().instant();
    Verdict verdict = Verdict.of(ended, attempt.stopReason());
    if (verdict.cause() == Verdict.Cause.LEASE_LOST) {
      LOG.warnf(
          "Attempt %s was killed: this worker could not renew its lease; the job's retry policy"
              + " decides what follows",
          attempt.id());
    }
    var offer = attempt.offer();
    Results results = Results.NONE;
    if (verdict.cause() == Verdict.Cause.EXIT_CODE) {
      try {
        results =
            runners
                .results(offer.kind(), offer.spec(), seen(attempt, setup(attempt)))
                .masked(attempt.masks()::in);
        hands.output().keep(offer.run(), offer.attempt(), results);
        verdict = verdict.but(results.failure());
      } catch (IOException | RuntimeException e) {
        LOG.errorf(e, "What attempt %s left is lost; it ends as failed", attempt.id());
        verdict = verdict.but("the worker could not keep what the task left: " + e);
      }
    }
    hands.output().keep(offer.run(), offer.attempt(), hands.workplace().output(attempt));
    hands.clear(attempt);
    end(attempt, verdict, until, results.values());
  }

  private void end(
      LiveAttempt attempt,
      Verdict verdict,
      @Nullable Instant executedUntil,
      Map<String, JsonNode> values) {
    if (attempt.end()) {
      // First the report: who waits for the last attempt then closes the way out.
      reporter.ended(attempt, verdict.masked(attempt.masks()), executedUntil, values);
      attempts.remove(attempt);
    }
  }

  /**
   * Lets the attempts that run end by themselves for a while, then ends the others. Returns when
   * none is left, or some seconds after that while: then their guard sees to the rest.
   */
  public void drain(Duration grace) throws InterruptedException {
    int running = attempts.all().size();
    if (running > 0 && grace.isPositive()) {
      LOG.infof("The worker stops; %d tasks may run on for %s", running, grace);
      if (!attempts.awaitNone(grace)) {
        LOG.warnf("%d tasks are ended: the time of the worker is over", attempts.all().size());
      }
    }
    for (LiveAttempt attempt : attempts.all()) {
      stop(attempt.id(), StopReason.WORKER_STOPS, LAST_GRACE);
    }
    if (!attempts.awaitNone(UNTIL_TASKS_ENDED)) {
      LOG.warnf(
          "%d attempts did not end in time; their guard kills them and they count as lost",
          attempts.all().size());
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
