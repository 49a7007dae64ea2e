package io.mutirao.worker.execution;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many tasks may run beside each other. */
public final class Slots {

  private final Semaphore free;

  public Slots(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("slots: at least 1, not " + count);
    }
    free = new Semaphore(count);
  }

  public boolean take() {
    return free.tryAcquire();
  }

  void free() {
    free.release();
  }

  /** Waits until one is free, and leaves it free: only one thread takes slots. */
  public boolean awaitFree(Duration atMost) throws InterruptedException {
    if (!free.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    free.release();
    return true;
  }
}
