package io.mutirao.gateway.backend;

import io.mutirao.contracts.job.CreatedLately;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Keeps the number of jobs that are made within an hour, saved ones (the registry knows how many)
 * and such as run once (the dispatcher does). Far from the limit both are asked now and then; near
 * it each time, so that it is gone beyond only by what others ask for at that very moment. Saved
 * jobs alone never go beyond it: that is the registry's own limit.
 */
@Singleton
final class CreationRate {

  private static final Logger log = Logger.getLogger(CreationRate.class);
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final int NEAR = 256;

  /** Of an hour; there is no telling when the next one may be made. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private final Owners owners;
  private final int most;
  private long saved;
  private long once;

  /** Let through since the owners were asked. */
  private long since;

  private long askedAt = System.nanoTime() - FRESH.toNanos();

  CreationRate(Owners owners, CreationConfig config) {
    this.owners = owners;
    this.most = config.hourly();
  }

  /** Before one more is made. */
  void take() throws Rejected {
    if (mustAsk()) {
      long savedNow = count(owners.registry(), "/jobs/created-lately");
      long onceNow = count(owners.dispatcher(), "/runs/submitted-lately");
      asked(savedNow, onceNow);
    }
    synchronized (this) {
      if (saved + once + since >= most) {
        throw new Rejected(
            new Problem.LimitReached(
                "As many jobs were created within the hour as are allowed, "
                    + most
                    + ", those of runs/submit included.",
                RETRY_AFTER));
      }
      since++;
    }
  }

  private synchronized boolean mustAsk() {
    return saved + once + since >= most - Math.min(NEAR, most / 2)
        || System.nanoTime() - askedAt >= FRESH.toNanos();
  }

  private synchronized void asked(long savedNow, long onceNow) {
    // Whoever is away says nothing: what we heard last is still the best guess.
    saved = savedNow < 0 ? saved : savedNow;
    once = onceNow < 0 ? once : onceNow;
    since = 0;
    askedAt = System.nanoTime();
  }

  /** Less than nothing when it is not known. */
  private static long count(OwnerClient owner, String path) {
    try {
      return owner.get(path, CreatedLately.class).map(CreatedLately::count).orElse(-1L);
    } catch (Rejected e) {
      log.debugf("Not counted now: %s", e.problem());
      return -1;
    }
  }
}
