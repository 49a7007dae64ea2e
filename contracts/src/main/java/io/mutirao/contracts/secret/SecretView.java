package io.mutirao.contracts.secret;

import java.time.Instant;
import java.util.Objects;

/** A secret without its value. */
public record SecretView(String key, Instant updatedAt) {

  public SecretView {
    Objects.requireNonNull(key, "key is missing");
    Objects.requireNonNull(updatedAt, "updatedAt is missing");
  }
}
