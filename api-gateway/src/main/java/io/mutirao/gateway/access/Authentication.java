package io.mutirao.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Knows a user by a token: {@code Bearer TOKEN}, or {@code Basic} with user {@code token}. */
@Singleton
public final class Authentication {

  /** The name of the administrator whose token is in the configuration. */
  public static final String ADMIN = "admin";

  private static final Logger log = Logger.getLogger(Authentication.class);
  private static final String BASIC_USER = "token:";
  private static final User ADMINISTRATOR = User.administrator(ADMIN);

  private final byte[] admin;
  private final KnownTokens tokens;

  Authentication(AccessConfig config, KnownTokens tokens) {
    if (config.token().isBlank()) {
      throw new IllegalStateException(
          "MUTIRAO_ADMIN_TOKEN is empty: set the administrator's token");
    }
    this.admin = TokenHash.of(config.token());
    this.tokens = tokens;
  }

  /**
   * The user of a request, if it is known without asking anybody: the administrator always is.
   *
   * @param authorization the header, if there is one
   */
  public Optional<User> knownUser(@Nullable String authorization) throws Rejected {
    byte[] hash = TokenHash.of(token(authorization));
    // Digests have one length, so that the comparison tells nothing of the token's.
    return MessageDigest.isEqual(admin, hash)
        ? Optional.of(ADMINISTRATOR)
        : tokens.known(TokenHash.text(hash));
  }

  /** The user of a request; waits for the registry. */
  public User askedUser(@Nullable String authorization) throws Rejected {
    Optional<User> user = tokens.ask(TokenHash.text(TokenHash.of(token(authorization))));
    if (user.isEmpty()) {
      log.debug("Refused: a token that is nobody's");
      throw new Rejected(new Problem.WrongCredentials());
    }
    return user.get();
  }

  private static String token(@Nullable String authorization) throws Rejected {
    String token = authorization == null ? null : tokenIn(authorization.strip());
    if (token == null) {
      log.debug("Refused: no credentials that we understand");
      throw new Rejected(new Problem.NoCredentials());
    }
    return token;
  }

  private static @Nullable String tokenIn(String authorization) throws Rejected {
    int space = authorization.indexOf(' ');
    if (space < 0) {
      return null;
    }
    String scheme = authorization.substring(0, space);
    String value = authorization.substring(space + 1).strip();
    if (scheme.equalsIgnoreCase("Bearer")) {
      return value;
    }
    return scheme.equalsIgnoreCase("Basic") ? ofBasic(value) : null;
  }

  private static @Nullable String ofBasic(String value) throws Rejected {
    try {
      String pair = new String(Base64.getDecoder().decode(value), UTF_8);
      if (!pair.startsWith(BASIC_USER)) {
        throw new Rejected(new Problem.WrongCredentials());
      }
      return pair.substring(BASIC_USER.length());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
