package io.mutirao.gateway.backend;

import io.mutirao.contracts.id.LaneKey;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.run.LaneBatches;
import io.mutirao.gateway.core.Rejected;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Knows whether lanes of the dispatcher have moved since something was read from them. */
final class LaneWatch {

  private static final String ALL = "all";

  private final Lanes lanes;
  private final Together<String, LaneBatches> dispatcher;

  /** What was heard last; lanes that have moved by then need not be asked about. */
  private volatile LaneBatches heard = LaneBatches.UNKNOWN;

  LaneWatch(Lanes lanes, OwnerClient dispatcher) {
    this.lanes = lanes;
    // Two: the answers to one are written while another is on its way.
    this.dispatcher = new Together<>(2, _ -> now(dispatcher));
  }

  private static Map<String, LaneBatches> now(OwnerClient dispatcher) throws Rejected {
    return Map.of(ALL, dispatcher.get("/lanes", LaneBatches.class).orElse(LaneBatches.UNKNOWN));
  }

  /**
   * Whether lanes stand where they stood then, asked after the caller did.
   *
   * @param of a job or run whose lane matters; null: all lanes do
   */
  boolean stand(LaneBatches then, @Nullable LaneKey of) throws Rejected {
    if (!stand(then, of, heard)) {
      return false;
    }
    LaneBatches now = dispatcher.ask(ALL).orElse(LaneBatches.UNKNOWN);
    heard(now);
    return stand(then, of, now);
  }

  /** As {@link #stand}, for those who cannot wait; when the dispatcher is away nothing stands. */
  void ask(LaneBatches then, @Nullable LaneKey of, Consumer<Boolean> told) {
    if (!stand(then, of, heard)) {
      told.accept(false);
      return;
    }
    dispatcher
        .asked(ALL)
        .exceptionally(_ -> Optional.empty())
        .thenAccept(answer -> {
          LaneBatches now = answer.orElse(LaneBatches.UNKNOWN);
          heard(now);
          told.accept(stand(then, of, now));
        });
  }

  private boolean stand(LaneBatches then, @Nullable LaneKey of, LaneBatches now) {
    return of == null ? now.stand(then) : now.stands(lanes.of(of), then);
  }

  void heard(LaneBatches now) {
    heard = now;
  }
}
