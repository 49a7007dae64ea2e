package io.mutirao.contracts.access;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token to keep: what {@code PUT /tokens/{id}} takes.
 *
 * @param id random, in hexadecimal
 * @param hash SHA-256 of the token, in hexadecimal
 * @param user whose it is
 * @param by who made it
 * @param expiresAt null: never
 */
public record NewToken(
    String id,
    String hash,
    String user,
    String by,
    String comment,
    Instant createdAt,
    @Nullable Instant expiresAt) {

  public NewToken {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(hash, "hash is missing");
    Objects.requireNonNull(user, "user is missing");
    Objects.requireNonNull(by, "by is missing");
    Objects.requireNonNull(comment, "comment is missing");
    Objects.requireNonNull(createdAt, "createdAt is missing");
  }
}
