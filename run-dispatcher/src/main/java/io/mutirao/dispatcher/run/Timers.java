package io.mutirao.dispatcher.run;

import io.mutirao.dispatcher.lifecycle.RunState;
import java.time.Instant;
import java.util.Optional;

/**
 * When a run wants to be looked at again. Derived from its state, so that there is nothing to
 * store, to lose or to fire twice: after a take-over the same dates come out again.
 */
final class Timers {

  static Optional<Instant> next(Run run) {
    return switch (run.state) {
      case RunState.Offered _ -> Optional.of(run.checkAt);
      case RunState.Running running when run.fixed.definition().timeoutSeconds() > 0 ->
          Optional.of(running.startedAt().plusSeconds(run.fixed.definition().timeoutSeconds()));
      case RunState.Claimed _, RunState.Running _, RunState.Terminating _, RunState.Finished _ ->
          Optional.empty();
    };
  }

  private Timers() {}
}
