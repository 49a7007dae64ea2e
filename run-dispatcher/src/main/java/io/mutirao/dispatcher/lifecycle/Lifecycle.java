package io.mutirao.dispatcher.lifecycle;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.task.Ending;
import io.mutirao.dispatcher.lifecycle.RunInput.Beat;
import io.mutirao.dispatcher.lifecycle.RunInput.ClaimsRead;
import io.mutirao.dispatcher.lifecycle.RunInput.End;
import io.mutirao.dispatcher.lifecycle.RunInput.Ended;
import io.mutirao.dispatcher.lifecycle.RunInput.OfferAged;
import io.mutirao.dispatcher.lifecycle.RunInput.Started;
import io.mutirao.dispatcher.lifecycle.RunInput.WorkerSilent;
import io.mutirao.dispatcher.lifecycle.RunState.Active;
import io.mutirao.dispatcher.lifecycle.RunState.Claimed;
import io.mutirao.dispatcher.lifecycle.RunState.Finished;
import io.mutirao.dispatcher.lifecycle.RunState.Held;
import io.mutirao.dispatcher.lifecycle.RunState.Offered;
import io.mutirao.dispatcher.lifecycle.RunState.Running;
import io.mutirao.dispatcher.lifecycle.RunState.Terminating;
import io.mutirao.dispatcher.lifecycle.Step.Effect.Offer;
import io.mutirao.dispatcher.lifecycle.Step.Effect.Stop;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The run's state machine: pure, total, and the only place that decides where a run goes.
 *
 * <p>Who may start an attempt is not decided here but by the claims; what arrives here as {@link
 * Started} is always from the one worker whose claim was granted.
 */
public final class Lifecycle {

  /** Decides what an input leads to; {@code now} is the database's clock. */
  public static Step on(RunState state, RunInput input, Instant now) {
    return switch (state) {
      case Finished over -> afterTheEnd(over, input);
      case Active active ->
          concerns(active, input) ? whileActive(active, input, now) : ofAnother(active, input);
    };
  }

  private static boolean concerns(Active state, RunInput input) {
    return switch (input) {
      case Started started -> ofHolder(state, started.attempt(), started.worker());
      case Ended ended -> ofHolder(state, ended.attempt(), ended.worker());
      case Beat beat -> ofHolder(state, beat.attempt(), beat.worker());
      case ClaimsRead read -> read.attempt().equals(state.attempt());
      case OfferAged aged -> aged.attempt().equals(state.attempt());
      case WorkerSilent silent -> silent.attempt().equals(state.attempt());
      case End _ -> true;
    };
  }

  /** An attempt that is offered has no worker that we know of: then any may speak for it. */
  private static boolean ofHolder(Active state, AttemptId attempt, WorkerId worker) {
    return attempt.equals(state.attempt())
        && switch (state) {
          case Offered _ -> true;
          case Held held -> held.worker().equals(worker);
        };
  }

  private static Step ofAnother(Active state, RunInput input) {
    return new Step(state, stopWhoeverRuns(input));
  }

  private static Step afterTheEnd(Finished over, RunInput input) {
    return new Step(over, stopWhoeverRuns(input));
  }

  /** A report for an attempt that is over is answered with Stop, each time. */
  private static List<Step.Effect> stopWhoeverRuns(RunInput input) {
    return switch (input) {
      case Started started -> List.of(new Stop(started.attempt(), started.worker()));
      case Beat beat -> List.of(new Stop(beat.attempt(), beat.worker()));
      case Ended _, ClaimsRead _, OfferAged _, WorkerSilent _, End _ -> List.of();
    };
  }

  private static Step whileActive(Active state, RunInput input, Instant now) {
    return switch (input) {
      case Started started -> started(state, started);
      case Ended ended -> Step.to(ended(state, ended));
      case Beat beat -> beat(state, beat);
      case ClaimsRead read -> claimsRead(state, read);
      case OfferAged _ -> offerAged(state, now);
      case WorkerSilent _ -> workerSilent(state, now);
      case End end -> end(state, end, now);
    };
  }

  private static Step started(Active state, Started input) {
    return switch (state) {
      case Offered _, Claimed _ ->
          Step.to(new Running(input.attempt(), input.worker(), input.startedAt()));
      case Running running -> Step.ignore(running); // repeated
      case Terminating ending -> // it started before it heard that it should not
          Step.to(
              new Terminating(
                  ending.attempt(),
                  ending.worker(),
                  input.startedAt(),
                  ending.becomes(),
                  ending.why()),
              new Stop(ending.attempt(), ending.worker()));
    };
  }

  private static Finished ended(Active state, Ended input) {
    Instant startedAt =
        switch (state) {
          case Offered _, Claimed _ -> null;
          case Running running -> running.startedAt();
          case Terminating ending -> ending.startedAt();
        };
    return switch (state) {
      case Terminating ending ->
          new Finished(ending.becomes(), ending.why(), startedAt, input.endedAt());
      case Offered _, Claimed _, Running _ ->
          new Finished(result(input.ending()), input.message(), startedAt, input.endedAt());
    };
  }

  private static Result result(Ending ending) {
    return switch (ending) {
      case SUCCEEDED -> Result.SUCCEEDED;
      case FAILED, STOPPED, NOT_STARTED -> Result.FAILED;
    };
  }

  private static Step beat(Active state, Beat input) {
    return switch (state) {
      case Offered offered -> Step.to(new Claimed(offered.attempt(), input.worker()));
      case Claimed _, Running _ -> Step.ignore(state);
      case Terminating ending -> Step.to(ending, new Stop(ending.attempt(), ending.worker()));
    };
  }

  private static Step claimsRead(Active state, ClaimsRead input) {
    WorkerId holder = input.holder();
    return switch (state) {
      case Offered offered when holder != null -> Step.to(new Claimed(offered.attempt(), holder));
      case Offered _, Claimed _, Running _, Terminating _ -> Step.ignore(state);
    };
  }

  private static Step offerAged(Active state, Instant now) {
    return switch (state) {
      case Offered offered ->
          Step.to(new Offered(offered.attempt(), now), new Offer(offered.attempt()));
      case Claimed _, Running _, Terminating _ -> Step.ignore(state);
    };
  }

  private static Step workerSilent(Active state, Instant now) {
    return switch (state) {
      case Offered _ -> Step.ignore(state);
      case Claimed claimed ->
          Step.to(new Finished(Result.FAILED, lost(claimed.worker()), null, now));
      case Running running ->
          Step.to(new Finished(Result.FAILED, lost(running.worker()), running.startedAt(), now));
      case Terminating ending ->
          Step.to(new Finished(ending.becomes(), ending.why(), ending.startedAt(), now));
    };
  }

  private static String lost(WorkerId worker) {
    return "Worker lost: "
        + worker
        + " stopped answering, and its lease is over. Its processes are ended by their guard.";
  }

  private static Step end(Active state, End input, Instant now) {
    Result becomes =
        switch (input.reason()) {
          case CANCELED -> Result.CANCELED;
          case TIMED_OUT -> Result.TIMED_OUT;
        };
    return switch (state) {
      case Offered offered when input.holder() == null ->
          Step.to(new Finished(becomes, input.why(), null, now));
      case Offered offered -> terminate(offered, input.holder(), null, becomes, input.why());
      case Claimed claimed -> terminate(claimed, claimed.worker(), null, becomes, input.why());
      case Running running ->
          terminate(running, running.worker(), running.startedAt(), becomes, input.why());
      case Terminating _ -> Step.ignore(state); // the first reason stays
    };
  }

  private static Step terminate(
      Active state, WorkerId worker, @Nullable Instant startedAt, Result becomes, String why) {
    return Step.to(
        new Terminating(state.attempt(), worker, startedAt, becomes, why),
        new Stop(state.attempt(), worker));
  }

  private Lifecycle() {}
}
