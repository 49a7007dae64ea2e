package io.mutirao.gateway.access;

import io.mutirao.contracts.access.TokenHolder;
import io.mutirao.gateway.core.Accounts;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens are good, asked of the registry and remembered for a moment: what is deleted
 * elsewhere stops working within {@link #REMEMBERED}, what is deleted here at once. A token that is
 * nobody's is not remembered.
 */
@Singleton
public final class KnownTokens {

  static final Duration REMEMBERED = Duration.ofSeconds(2);
  static final int MOST = 10_000;

  private final Accounts accounts;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();
  private volatile long changes;

  /**
   * @param until exclusive
   */
  private record Known(User user, Instant until) {}

  KnownTokens(Accounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  Optional<User> known(String hash) {
    Known found = known.get(hash);
    return found == null || !clock.instant().isBefore(found.until)
        ? Optional.empty()
        : Optional.of(found.user);
  }

  Optional<User> ask(String hash) throws Rejected {
    long before = changes;
    Instant asked = clock.instant();
    Optional<TokenHolder> holder = accounts.holder(hash);
    if (holder.isEmpty() || isOver(holder.get().expiresAt(), clock.instant())) {
      known.remove(hash);
      return Optional.empty();
    }
    User user = User.of(holder.get().user(), holder.get().groups());
    remember(hash, user, until(asked, holder.get().expiresAt()), before);
    return Optional.of(user);
  }

  /** What was asked before a change is not remembered after it. */
  private synchronized void remember(String hash, User user, Instant until, long before) {
    if (changes != before) {
      return;
    }
    if (known.size() >= MOST) {
      Instant now = clock.instant();
      known.values().removeIf(old -> !now.isBefore(old.until));
      if (known.size() >= MOST) {
        known.clear();
      }
    }
    known.put(hash, new Known(user, until));
  }

  /** Users, groups or tokens were changed through this gateway. */
  public synchronized void forget() {
    changes++;
    known.clear();
  }

  private static boolean isOver(@Nullable Instant expiry, Instant now) {
    return expiry != null && !now.isBefore(expiry);
  }

  private static Instant until(Instant asked, @Nullable Instant expiry) {
    Instant until = asked.plus(REMEMBERED);
    return expiry != null && expiry.isBefore(until) ? expiry : until;
  }
}
