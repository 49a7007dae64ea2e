package io.mutirao.worker.execution;

import io.mutirao.contracts.id.AttemptId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The attempts of this worker that are claimed and not over, and the slots that they hold. */
public final class Attempts {

  private final Map<AttemptId, LiveAttempt> live = new ConcurrentHashMap<>();
  private final Slots slots;

  public Attempts(Slots slots) {
    this.slots = slots;
  }

  public void add(LiveAttempt attempt) {
    live.put(attempt.id(), attempt);
  }

  /** It is over, or never became ours. Its slot is free. */
  public void remove(LiveAttempt attempt) {
    if (live.remove(attempt.id(), attempt)) {
      if (attempt.holdsSlot()) {
        slots.free();
      }
      if (live.isEmpty()) {
        synchronized (this) {
          notifyAll();
        }
      }
    }
  }

  @Nullable LiveAttempt get(AttemptId id) {
    return live.get(id);
  }

  public Collection<LiveAttempt> all() {
    return live.values();
  }

  /** Waits until there is none. False when the time is over. */
  public synchronized boolean awaitNone(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!live.isEmpty()) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }
}
