package io.mutirao.contracts.secret;

import java.util.Objects;

/**
 * What somebody may do in a scope.
 *
 * @param principal the name of a user or of a group
 */
public record SecretGrant(String principal, Level level) {

  /** Each includes those before it. */
  public enum Level {
    READ,
    WRITE,
    MANAGE;

    public boolean includes(Level other) {
      return compareTo(other) >= 0;
    }
  }

  public SecretGrant {
    Objects.requireNonNull(principal, "principal is missing");
    Objects.requireNonNull(level, "level is missing");
  }
}
