package io.mutirao.dispatcher.lifecycle;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import java.util.List;

/** What an input leads to: the next state, and what is to be told to workers. */
public record Step(TaskState next, List<Effect> effects) {

  /** Told to workers once the step is committed. */
  public sealed interface Effect {

    /** Offer the attempt to its pool, again. */
    record Offer(AttemptId attempt) implements Effect {}

    /** Let the others carry it out. */
    record Begin(AttemptId attempt) implements Effect {}

    /** End the run that carries it out. */
    record StopChild(RunId child) implements Effect {}

    /** Tell the worker to end the attempt; repeated whenever it shows that it has not. */
    record Stop(AttemptId attempt, WorkerId worker) implements Effect {}
  }

  static Step to(TaskState next, Effect... effects) {
    return new Step(next, List.of(effects));
  }

  /** Duplicate, late, or from somebody who no longer has a say. */
  static Step ignore(TaskState state) {
    return new Step(state, List.of());
  }
}
