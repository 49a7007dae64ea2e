package io.mutirao.dispatcher.lifecycle;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.task.Ending;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may happen to a run. */
public sealed interface RunInput {

  /** A worker says that it runs the attempt. */
  record Started(AttemptId attempt, WorkerId worker, Instant startedAt) implements RunInput {}

  /** A worker says that the attempt and its whole process tree are over. */
  record Ended(AttemptId attempt, WorkerId worker, Ending ending, String message, Instant endedAt)
      implements RunInput {}

  /** A worker says that it still has the attempt. */
  record Beat(AttemptId attempt, WorkerId worker) implements RunInput {}

  /**
   * Nothing was heard of an offer for a while, so the claims were read.
   *
   * @param holder who has claimed it; null: nobody
   */
  record ClaimsRead(AttemptId attempt, @Nullable WorkerId holder) implements RunInput {}

  /** Nobody has claimed the offer for so long that it may be lost. */
  record OfferAged(AttemptId attempt) implements RunInput {}

  /**
   * The run is to end before its time.
   *
   * @param holder who has claimed the attempt; null: the dispatcher has, and nobody will start it
   */
  record End(Reason reason, String why, @Nullable WorkerId holder) implements RunInput {}

  /** The lease of the attempt's worker is over, and all it may have said has been read. */
  record WorkerSilent(AttemptId attempt) implements RunInput {}

  /** Why a run ends before its time. */
  enum Reason {
    CANCELED,
    TIMED_OUT
  }
}
