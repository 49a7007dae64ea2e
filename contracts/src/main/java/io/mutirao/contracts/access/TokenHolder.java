package io.mutirao.contracts.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose a token is.
 *
 * @param user the name
 * @param groups their names
 * @param expiresAt when the token ends to be good; null: never
 */
public record TokenHolder(String user, Set<String> groups, @Nullable Instant expiresAt) {

  public TokenHolder {
    groups = groups == null ? Set.of() : Set.copyOf(groups);
  }
}
