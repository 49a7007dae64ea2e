package io.mutirao.dispatcher.lifecycle;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.task.Ending;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may happen to an attempt of a task. */
public sealed interface TaskInput {

  /** Its time has come: it is to be offered under this id. */
  record Begin(AttemptId attempt) implements TaskInput {}

  /**
   * Its time has come, and others carry it out.
   *
   * @param startedAt null: when they begin is told later
   */
  record Delegate(AttemptId attempt, @Nullable Instant startedAt) implements TaskInput {}

  /** The run that carries it out was accepted; another one when that one is tried again. */
  record ChildStarted(AttemptId attempt, RunId child) implements TaskInput {}

  /** Those who carried it out are over. */
  record ChildEnded(AttemptId attempt, Becomes end) implements TaskInput {}

  /** It ends without a worker: the dispatcher carried it out itself, or it shall not run. */
  record Close(Becomes end) implements TaskInput {}

  /** A worker says that it runs the attempt. */
  record Started(AttemptId attempt, WorkerId worker, Instant startedAt) implements TaskInput {}

  /**
   * A worker says that the attempt and its whole process tree are over.
   *
   * @param cause null: what follows from {@code ending}
   */
  record Ended(
      AttemptId attempt,
      WorkerId worker,
      Ending ending,
      @Nullable Cause cause,
      String message,
      Instant endedAt,
      TaskState.Left left)
      implements TaskInput {}

  /** A worker says that it still has the attempt. */
  record Beat(AttemptId attempt, WorkerId worker) implements TaskInput {}

  /**
   * Nothing was heard of an offer for a while, so the claims were read.
   *
   * @param holder who has claimed it; null: nobody
   */
  record ClaimsRead(AttemptId attempt, @Nullable WorkerId holder) implements TaskInput {}

  /** Nobody has claimed the offer for so long that it may be lost. */
  record OfferAged(AttemptId attempt) implements TaskInput {}

  /**
   * It is to end before its time.
   *
   * @param holder who has claimed the attempt; null: the dispatcher has, and nobody will start it
   */
  record End(Becomes end, @Nullable WorkerId holder) implements TaskInput {}

  /** The lease of the attempt's worker is over, and all it may have said has been read. */
  record WorkerSilent(AttemptId attempt) implements TaskInput {}
}
