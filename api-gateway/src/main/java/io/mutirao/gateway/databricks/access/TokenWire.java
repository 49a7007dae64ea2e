package io.mutirao.gateway.databricks.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.mutirao.contracts.access.TokenView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PublicTokenInfo.
 *
 * @param creationTime milliseconds since 1970
 * @param expiryTime likewise; -1: never
 */
@JsonNaming(SnakeCaseStrategy.class)
record TokenWire(String tokenId, long creationTime, long expiryTime, String comment) {

  private static final long NEVER = -1;

  static TokenWire of(TokenView token) {
    return new TokenWire(
        token.id(), token.createdAt().toEpochMilli(), expiry(token.expiresAt()), token.comment());
  }

  private static long expiry(@Nullable Instant expiry) {
    return expiry == null ? NEVER : expiry.toEpochMilli();
  }

  /** The only answer in which a token itself stands. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Made(String tokenValue, Object tokenInfo) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record All(List<?> tokenInfos) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record One(Managed tokenInfo) {}

  /** TokenInfo, as the administrator sees it. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Managed(
      String tokenId,
      long creationTime,
      long expiryTime,
      String comment,
      String createdByUsername,
      long ownerId,
      String ownerUsername) {

    static Managed of(TokenView token) {
      return new Managed(
          token.id(),
          token.createdAt().toEpochMilli(),
          expiry(token.expiresAt()),
          token.comment(),
          token.by(),
          token.userId(),
          token.user());
    }
  }
}
