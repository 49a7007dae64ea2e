package io.mutirao.contracts.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is listed: nothing by which it could be used.
 *
 * @param user whose it is
 * @param userId that user's id
 * @param by who made it
 * @param expiresAt null: never
 */
public record TokenView(
    String id,
    String user,
    long userId,
    String by,
    String comment,
    Instant createdAt,
    @Nullable Instant expiresAt) {}
