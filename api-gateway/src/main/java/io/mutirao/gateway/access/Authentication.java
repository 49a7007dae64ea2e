package io.mutirao.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Knows a user by a token: {@code Bearer TOKEN}, or {@code Basic} with user {@code token}. */
@Singleton
public final class Authentication {

  /** The name of the administrator. */
  public static final String ADMIN = "admin";

  private static final Logger log = Logger.getLogger(Authentication.class);
  private static final String BASIC_USER = "token:";

  private final byte[] admin;

  Authentication(AccessConfig config) {
    if (config.token().isBlank()) {
      throw new IllegalStateException(
          "MUTIRAO_ADMIN_TOKEN is empty: set the administrator's token");
    }
    this.admin = digest(config.token());
  }

  /**
   * The user of a request.
   *
   * @param authorization the header, if there is one
   */
  public String user(@Nullable String authorization) throws Rejected {
    String token = authorization == null ? null : token(authorization.strip());
    if (token == null) {
      log.debug("Refused: no credentials that we understand");
      throw new Rejected(new Problem.NoCredentials());
    }
    // Digests have one length, so that the comparison tells nothing of the token's.
    if (!MessageDigest.isEqual(admin, digest(token))) {
      log.debug("Refused: a token that is nobody's");
      throw new Rejected(new Problem.WrongCredentials());
    }
    return ADMIN;
  }

  private static @Nullable String token(String authorization) throws Rejected {
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

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
