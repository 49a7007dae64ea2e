package io.mutirao.dispatcher.lifecycle;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a run stands, with what exists only there. */
public sealed interface RunState {

  Phase phase();

  /** Not over: has an attempt that may be running somewhere. */
  sealed interface Active extends RunState {
    AttemptId attempt();
  }

  /** An active state in which a worker answers for the attempt, so that its silence matters. */
  sealed interface Held extends Active {
    WorkerId worker();
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
   * @param becomes the result once its processes are gone
   */
  record Terminating(
      AttemptId attempt, WorkerId worker, @Nullable Instant startedAt, Result becomes, String why)
      implements Held {
    @Override
    public Phase phase() {
      return Phase.TERMINATING;
    }
  }

  /** Over, for ever. */
  record Finished(Result result, String message, @Nullable Instant startedAt, Instant endedAt)
      implements RunState {
    @Override
    public Phase phase() {
      return Phase.FINISHED;
    }
  }
}
