package io.mutirao.gateway.core;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of requests and answers is in memory, all together. Whoever would go beyond it is asked
 * to come again: one large request more must not end the gateway for everybody.
 */
@Singleton
public final class HeldBytes {

  /** What is parsed takes several times the memory of its text. */
  private static final int SHARE_OF_HEAP = 10;

  private final long most;
  private final AtomicLong held = new AtomicLong();

  @Inject
  HeldBytes() {
    this(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  public HeldBytes(long most) {
    this.most = most;
  }

  /** Whether there was room; what was taken is given back, also when there was none. */
  public boolean take(long bytes) {
    return held.addAndGet(bytes) <= most;
  }

  public void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }

  public long held() {
    return held.get();
  }

  public long most() {
    return most;
  }
}
