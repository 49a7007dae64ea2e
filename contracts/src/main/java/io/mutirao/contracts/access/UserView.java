package io.mutirao.contracts.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user: {@code GET /users/{id}}, and what {@code PUT} there takes.
 *
 * @param id chosen by whoever makes the user, so that making it twice makes one
 * @param name unique, whether in small or capital letters
 * @param active whether its tokens work
 * @param groups shown only
 * @param createdAt shown only
 */
public record UserView(
    long id,
    String name,
    String displayName,
    boolean active,
    List<GroupName> groups,
    @Nullable Instant createdAt) {

  /** A group that the user is in. */
  public record GroupName(long id, String name) {}

  /** In characters. */
  public static final int MAX_NAME = 255;

  public UserView {
    Objects.requireNonNull(name, "name is missing");
    displayName = displayName == null ? name : displayName;
    groups = groups == null ? List.of() : List.copyOf(groups);
  }
}
