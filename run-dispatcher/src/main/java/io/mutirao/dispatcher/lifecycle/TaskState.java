package io.mutirao.dispatcher.lifecycle;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where one attempt of a task stands, with what exists only there. */
public sealed interface TaskState {

  Phase phase();

  /** Not yet offered: nobody can have it. */
  sealed interface Idle extends TaskState {}

  /** Not over: may be running somewhere. */
  sealed interface Active extends TaskState {

    AttemptId attempt();
  }

  /** An active state in which a worker answers for the attempt, so that its silence matters. */
  sealed interface Held extends Active {

    WorkerId worker();
  }

  /** Waits for tasks upstream, or for its run to be let in. */
  record Blocked() implements Idle {

    @Override
    public Phase phase() {
      return Phase.BLOCKED;
    }
  }

  /** The attempt before it failed; it begins when its time comes. */
  record Waiting(Instant until) implements Idle {

    @Override
    public Phase phase() {
      return Phase.WAITING_FOR_RETRY;
    }
  }

  /**
   * Offered; as far as we know nobody has it.
   *
   * @param offeredAt when it was last offered
   */
  record Offered(AttemptId attempt, Instant offeredAt) implements Active {

    @Override
    public Phase phase() {
      return Phase.PENDING;
    }
  }

  /** A worker has claimed it and said nothing yet. */
  record Claimed(AttemptId attempt, WorkerId worker) implements Held {

    @Override
    public Phase phase() {
      return Phase.PENDING;
    }
  }

  /** The worker runs it. */
  record Running(AttemptId attempt, WorkerId worker, Instant startedAt) implements Held {

    @Override
    public Phase phase() {
      return Phase.RUNNING;
    }
  }

  /**
   * The worker was told to stop it.
   *
   * @param startedAt none as long as its start was not reported
   * @param becomes how it ends once its processes are gone
   */
  record Terminating(
      AttemptId attempt, WorkerId worker, @Nullable Instant startedAt, Becomes becomes)
      implements Held {

    @Override
    public Phase phase() {
      return Phase.TERMINATING;
    }
  }

  /**
   * Carried out by others, no worker has it: by a run of another job, or by the iterations of a
   * loop.
   *
   * @param child the run; none when it is a loop, or not known yet
   * @param startedAt when they began; none when that is not known yet
   * @param becomes how it ends once they are over; none: as they do
   */
  record Delegated(
      AttemptId attempt,
      @Nullable RunId child,
      @Nullable Instant startedAt,
      @Nullable Becomes becomes)
      implements TaskState {

    @Override
    public Phase phase() {
      if (becomes != null) {
        return Phase.TERMINATING;
      }
      return startedAt == null ? Phase.PENDING : Phase.RUNNING;
    }
  }

  /** Over, for ever. */
  record Finished(Becomes end, @Nullable Instant startedAt, Instant endedAt, Left left)
      implements TaskState {

    public Finished(Becomes end, @Nullable Instant startedAt, Instant endedAt) {
      this(end, startedAt, endedAt, Left.NOTHING);
    }

    @Override
    public Phase phase() {
      return Phase.FINISHED;
    }

    public Result result() {
      return end.result();
    }
  }

  /**
   * What its worker told at the end.
   *
   * @param executedUntil when its program had ended; null: none ran, or nobody said
   * @param values for other tasks of its run: texts of JSON, by key
   */
  record Left(@Nullable Instant executedUntil, Map<String, String> values) {

    public static final Left NOTHING = new Left(null, Map.of());

    public Left {
      values = Map.copyOf(values);
    }
  }

  /**
   * How something ends.
   *
   * @param why for a person; empty when all went well
   */
  record Becomes(Result result, Cause cause, String why) {}
}
