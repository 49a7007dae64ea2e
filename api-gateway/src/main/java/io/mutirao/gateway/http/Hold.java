package io.mutirao.gateway.http;

import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Unfinished;

/** What one request holds of the memory for all. */
final class Hold {

  private final HeldBytes all;
  private long mine;

  Hold(HeldBytes all) {
    this.all = all;
  }

  /**
   * Whether there was room; what was taken is given back at the release, also when there was none.
   */
  synchronized boolean take(long bytes) {
    mine += bytes;
    return all.take(bytes);
  }

  void require(long bytes) throws Unfinished {
    if (!take(bytes)) {
      throw new Unfinished(busy());
    }
  }

  /** At the latest when the answer is written. */
  synchronized void release() {
    all.giveBack(mine);
    mine = 0;
  }

  static Problem busy() {
    return Problem.Away.forASecond("The gateway holds as much as it can");
  }
}
