package io.mutirao.dispatcher.lifecycle;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.dispatcher.lifecycle.Step.Effect.Offer;
import io.mutirao.dispatcher.lifecycle.Step.Effect.Stop;
import io.mutirao.dispatcher.lifecycle.Step.Effect.StopChild;
import io.mutirao.dispatcher.lifecycle.TaskInput.Beat;
import io.mutirao.dispatcher.lifecycle.TaskInput.Begin;
import io.mutirao.dispatcher.lifecycle.TaskInput.ChildEnded;
import io.mutirao.dispatcher.lifecycle.TaskInput.ChildStarted;
import io.mutirao.dispatcher.lifecycle.TaskInput.ClaimsRead;
import io.mutirao.dispatcher.lifecycle.TaskInput.Close;
import io.mutirao.dispatcher.lifecycle.TaskInput.Delegate;
import io.mutirao.dispatcher.lifecycle.TaskInput.End;
import io.mutirao.dispatcher.lifecycle.TaskInput.Ended;
import io.mutirao.dispatcher.lifecycle.TaskInput.OfferAged;
import io.mutirao.dispatcher.lifecycle.TaskInput.Started;
import io.mutirao.dispatcher.lifecycle.TaskInput.WorkerSilent;
import io.mutirao.dispatcher.lifecycle.TaskState.Active;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import io.mutirao.dispatcher.lifecycle.TaskState.Claimed;
import io.mutirao.dispatcher.lifecycle.TaskState.Delegated;
import io.mutirao.dispatcher.lifecycle.TaskState.Finished;
import io.mutirao.dispatcher.lifecycle.TaskState.Held;
import io.mutirao.dispatcher.lifecycle.TaskState.Idle;
import io.mutirao.dispatcher.lifecycle.TaskState.Offered;
import io.mutirao.dispatcher.lifecycle.TaskState.Running;
import io.mutirao.dispatcher.lifecycle.TaskState.Terminating;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of an attempt: pure, total, and the only place that decides where it goes. What
 * the attempts of a run add up to is decided in {@code graph}.
 *
 * <p>Who may start an attempt is not decided here but by the claims; what arrives here as {@link
 * Started} is always from the one worker whose claim was granted.
 */
public final class Lifecycle {

  /** Decides what an input leads to; {@code now} is the database's clock. */
  public static Step on(TaskState state, TaskInput input, Instant now) {
    return switch (state) {
      case Finished over -> new Step(over, stopWhoeverRuns(input));
      case Idle idle -> whileIdle(idle, input, now);
      case Delegated delegated -> whileDelegated(delegated, input, now);
      case Active active ->
          concerns(active, input)
              ? whileActive(active, input, now)
              : new Step(active, stopWhoeverRuns(input));
    };
  }

  /** A report for an attempt that is over, or of another one, is answered with Stop, each time. */
  private static List<Step.Effect> stopWhoeverRuns(TaskInput input) {
    return switch (input) {
      case Started started -> List.of(new Stop(started.attempt(), started.worker()));
      case Beat beat -> List.of(new Stop(beat.attempt(), beat.worker()));
      case Begin _,
          Delegate _,
          ChildStarted _,
          ChildEnded _,
          Close _,
          Ended _,
          ClaimsRead _,
          OfferAged _,
          WorkerSilent _,
          End _ ->
          List.of();
    };
  }

  private static Step whileIdle(Idle state, TaskInput input, Instant now) {
    return switch (input) {
      case Begin begin -> Step.to(new Offered(begin.attempt(), now), new Offer(begin.attempt()));
      case Delegate delegate ->
          Step.to(
              new Delegated(delegate.attempt(), null, delegate.startedAt(), null),
              new Step.Effect.Begin(delegate.attempt()));
      case Close close -> Step.to(new Finished(close.end(), null, now));
      case End end -> Step.to(new Finished(end.end(), null, now));
      case Started _,
          Ended _,
          Beat _,
          ClaimsRead _,
          OfferAged _,
          WorkerSilent _,
          ChildStarted _,
          ChildEnded _ ->
          new Step(state, stopWhoeverRuns(input));
    };
  }

  private static Step whileDelegated(Delegated state, TaskInput input, Instant now) {
    return switch (input) {
      case ChildStarted(var attempt, var child) when attempt.equals(state.attempt()) -> {
        Instant startedAt = state.startedAt() == null ? now : state.startedAt();
        Delegated next = new Delegated(attempt, child, startedAt, state.becomes());
        yield state.becomes() == null
            ? Step.to(next)
            : Step.to(next, new StopChild(child)); // it began before it heard that it should not
      }
      case ChildEnded(var attempt, var end) when attempt.equals(state.attempt()) ->
          Step.to(
              new Finished(
                  state.becomes() == null ? end : state.becomes(), state.startedAt(), now));
      case End end when state.becomes() == null -> {
        Delegated ending =
            new Delegated(state.attempt(), state.child(), state.startedAt(), end.end());
        yield state.child() == null
            ? Step.to(ending)
            : Step.to(ending, new StopChild(state.child()));
      }
      case ChildStarted _,
          ChildEnded _,
          End _,
          Begin _,
          Delegate _,
          Close _,
          Started _,
          Ended _,
          Beat _,
          ClaimsRead _,
          OfferAged _,
          WorkerSilent _ ->
          new Step(state, stopWhoeverRuns(input));
    };
  }

  private static boolean concerns(Active state, TaskInput input) {
    return switch (input) {
      case Started started -> ofHolder(state, started.attempt(), started.worker());
      case Ended ended -> ofHolder(state, ended.attempt(), ended.worker());
      case Beat beat -> ofHolder(state, beat.attempt(), beat.worker());
      case ClaimsRead read -> read.attempt().equals(state.attempt());
      case OfferAged aged -> aged.attempt().equals(state.attempt());
      case WorkerSilent silent -> silent.attempt().equals(state.attempt());
      case End _ -> true;
      case Begin _, Delegate _, ChildStarted _, ChildEnded _, Close _ -> false; // begun already
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

  private static Step whileActive(Active state, TaskInput input, Instant now) {
    return switch (input) {
      case Started started -> started(state, started);
      case Ended ended -> Step.to(ended(state, ended));
      case Beat beat -> beat(state, beat);
      case ClaimsRead read -> claimsRead(state, read);
      case OfferAged _ -> offerAged(state, now);
      case WorkerSilent _ -> workerSilent(state, now);
      case End end -> end(state, end, now);
      case Begin _, Delegate _, ChildStarted _, ChildEnded _, Close _ -> Step.ignore(state);
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
                  ending.attempt(), ending.worker(), input.startedAt(), ending.becomes()),
              new Stop(ending.attempt(), ending.worker()));
    };
  }

  private static Finished ended(Active state, Ended input) {
    return switch (state) {
      case Terminating ending ->
          new Finished(ending.becomes(), ending.startedAt(), input.endedAt(), input.left());
      case Running running ->
          new Finished(asReported(input), running.startedAt(), input.endedAt(), input.left());
      case Offered _, Claimed _ ->
          new Finished(asReported(input), null, input.endedAt(), input.left());
    };
  }

  private static Becomes asReported(Ended input) {
    Cause cause = input.cause();
    return switch (input.ending()) {
      case SUCCEEDED -> new Becomes(Result.SUCCEEDED, Cause.DONE, input.message());
      case FAILED ->
          new Becomes(Result.FAILED, cause == null ? Cause.TASK_FAILED : cause, input.message());
      // Nobody asked for it: the worker gave up by itself.
      case STOPPED -> new Becomes(Result.FAILED, Cause.WORKER_LOST, input.message());
      case NOT_STARTED -> new Becomes(Result.FAILED, Cause.NOT_STARTED, input.message());
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
      case Claimed claimed -> Step.to(new Finished(lost(claimed.worker()), null, now));
      case Running running ->
          Step.to(new Finished(lost(running.worker()), running.startedAt(), now));
      case Terminating ending -> Step.to(new Finished(ending.becomes(), ending.startedAt(), now));
    };
  }

  private static Becomes lost(WorkerId worker) {
    return new Becomes(
        Result.FAILED,
        Cause.WORKER_LOST,
        "Worker lost: "
            + worker
            + " stopped answering, and its lease is over. Its processes are ended by their guard.");
  }

  private static Step end(Active state, End input, Instant now) {
    WorkerId holder = input.holder();
    return switch (state) {
      case Offered _ when holder == null -> Step.to(new Finished(input.end(), null, now));
      case Offered offered -> terminate(offered, holder, null, input.end());
      case Claimed claimed -> terminate(claimed, claimed.worker(), null, input.end());
      case Running running ->
          terminate(running, running.worker(), running.startedAt(), input.end());
      case Terminating _ -> Step.ignore(state); // the first reason stays
    };
  }

  private static Step terminate(
      Active state, WorkerId worker, @Nullable Instant startedAt, Becomes becomes) {
    return Step.to(
        new Terminating(state.attempt(), worker, startedAt, becomes),
        new Stop(state.attempt(), worker));
  }

  private Lifecycle() {}
}
