package io.mutirao.gateway.access;

import io.mutirao.contracts.access.NewToken;
import io.mutirao.contracts.access.TokenView;
import io.mutirao.gateway.core.Accounts;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes, shows and takes back tokens. */
@Singleton
public final class TokenDesk {

  /** The most tokens of one user; counted before one is made, so that a few more may slip in. */
  static final int MOST = 600;

  private static final String BEGINS = "dapi";
  private static final int TOKEN_BYTES = 32;
  private static final int ID_BYTES = 32;

  private final Accounts accounts;
  private final KnownTokens known;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  TokenDesk(Accounts accounts, KnownTokens known, InstantSource clock) {
    this.accounts = accounts;
    this.known = known;
    this.clock = clock;
  }

  /**
   * A token that was just made.
   *
   * @param value shown this once
   */
  public record Made(String value, TokenView token) {}

  /**
   * Makes a token.
   *
   * @param user whose it is
   * @param by who makes it
   * @param lifetime none: for ever
   */
  public Made make(String user, User by, String comment, @Nullable Duration lifetime)
      throws Rejected {
    if (accounts.tokens(user).size() >= MOST) {
      throw new Rejected(
          new Problem.QuotaReached(
              "A user can have at most " + MOST + " tokens; delete one first."));
    }
    String value = BEGINS + hex(TOKEN_BYTES);
    Instant now = Instant.ofEpochMilli(clock.millis());
    TokenView token =
        accounts.saveToken(
            new NewToken(
                hex(ID_BYTES),
                TokenHash.text(TokenHash.of(value)),
                user,
                by.name(),
                comment,
                now,
                lifetime == null ? null : now.plus(lifetime)));
    return new Made(value, token);
  }

  public List<TokenView> of(User user) throws Rejected {
    return accounts.tokens(user.name());
  }

  public List<TokenView> all() throws Rejected {
    return accounts.tokens(null);
  }

  /**
   * A token that somebody may see: one's own, the administrator everybody's.
   *
   * @return none when there is none that he may see
   */
  public Optional<TokenView> find(String id, User user) throws Rejected {
    return accounts
        .token(id)
        .filter(token -> user.administrator() || token.user().equals(user.name()));
  }

  /** From now on nobody gets in with it here, and soon nowhere. */
  public void takeBack(TokenView token) throws Rejected {
    try {
      accounts.deleteToken(token.id());
    } finally {
      known.forget();
    }
  }

  private String hex(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }
}
