package io.mutirao.gateway.access;

import static java.util.Locale.ROOT;

import io.mutirao.gateway.core.Accounts;
import io.mutirao.gateway.core.Rejected;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Who was deleted, asked of the registry and remembered for a moment: who is deleted elsewhere is
 * known to be within {@link #REMEMBERED} and a look, who is deleted here at once. While the
 * registry is away nothing new is known, and nobody waits for it.
 */
@Singleton
public final class FormerUsers {

  static final Duration REMEMBERED = Duration.ofSeconds(2);

  private static final Logger log = Logger.getLogger(FormerUsers.class);

  private final Accounts accounts;
  private final InstantSource clock;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile @Nullable Known known;
  private long changes;

  /**
   * What was heard last.
   *
   * @param names in small letters
   * @param until exclusive
   */
  private record Known(Set<String> names, Instant until) {}

  FormerUsers(Accounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /** A name as it is shown where a user who was deleted is not named any more: null for him. */
  public @Nullable String unlessFormer(String name) {
    return now().names().contains(name.toLowerCase(ROOT)) ? null : name;
  }

  /** Whether they still are who they are now; never waits. */
  public BooleanSupplier unchanged() {
    Set<String> then = now().names();
    return () -> {
      Known still = known;
      if (still == null) {
        return false;
      }
      askAgainIfOld(still);
      return still.names().equals(then);
    };
  }

  /** Users were changed through this gateway. */
  public synchronized void forget() {
    changes++;
    known = null;
  }

  private Known now() {
    Known heard = known;
    if (heard == null) {
      return ask();
    }
    askAgainIfOld(heard);
    return heard;
  }

  private void askAgainIfOld(Known heard) {
    if (!clock.instant().isBefore(heard.until()) && asking.compareAndSet(false, true)) {
      Thread.startVirtualThread(() -> {
        try {
          ask();
        } finally {
          asking.set(false);
        }
      });
    }
  }

  private Known ask() {
    long before = changes();
    Instant asked = clock.instant();
    Known heard = known;
    Set<String> names = heard == null ? Set.of() : heard.names();
    try {
      names = accounts.formerUsers();
    } catch (Rejected e) {
      log.debugf("Nobody can tell who was deleted: %s", e.problem());
    }
    return remember(new Known(names, asked.plus(REMEMBERED)), before);
  }

  private synchronized long changes() {
    return changes;
  }

  /** What was asked before a change is not remembered after it. */
  private synchronized Known remember(Known heard, long before) {
    if (changes == before) {
      known = heard;
    }
    return heard;
  }
}
