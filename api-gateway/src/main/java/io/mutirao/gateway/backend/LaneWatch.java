package io.mutirao.gateway.backend;

import io.mutirao.contracts.id.LaneKey;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.run.LaneBatches;
import io.mutirao.gateway.core.Rejected;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Knows whether lanes of the dispatcher have moved since something was read from them. */
final class LaneWatch {

  private static final String ALL = "all";
  private static final String PATH = "/lanes";

  private final Lanes lanes;
  private final OwnerClient dispatcher;
  private final Vertx vertx;
  private final Together<String, LaneBatches> together;

  /** Of each event loop. */
  private final ThreadLocal<LaneQuestions> here;

  /** What was heard last; lanes that have moved by then need not be asked about. */
  private volatile LaneBatches heard = LaneBatches.UNKNOWN;

  LaneWatch(Lanes lanes, OwnerClient dispatcher, Vertx vertx) {
    this.lanes = lanes;
    this.dispatcher = dispatcher;
    this.vertx = vertx;
    // Two: the answers to one are written while another is on its way.
    this.here = ThreadLocal.withInitial(() -> new LaneQuestions(vertx, dispatcher.question(PATH)));
    this.together = new Together<>(2, _ -> now());
  }

  private Map<String, LaneBatches> now() throws Rejected {
    return Map.of(ALL, dispatcher.get(PATH, LaneBatches.class).orElse(LaneBatches.UNKNOWN));
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
    LaneBatches now = together.ask(ALL).orElse(LaneBatches.UNKNOWN);
    heard(now);
    return stand(then, of, now);
  }

  /**
   * As {@link #stand}, for those who cannot wait; when the dispatcher is away nothing stands.
   *
   * @param told at once, or on the event loop
   */
  void ask(LaneBatches then, @Nullable LaneKey of, Consumer<Boolean> told) {
    if (!stand(then, of, heard)) {
      told.accept(false);
    } else if (Context.isOnEventLoopThread()) {
      askHere(then, of, told);
    } else {
      vertx.getOrCreateContext().runOnContext(_ -> askHere(then, of, told));
    }
  }

  private void askHere(LaneBatches then, @Nullable LaneKey of, Consumer<Boolean> told) {
    here.get()
        .ask(now -> {
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
