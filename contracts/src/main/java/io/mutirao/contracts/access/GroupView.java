package io.mutirao.contracts.access;

import java.util.List;
import java.util.Objects;

/**
 * A group of users: {@code GET /groups/{id}}, and what {@code PUT} there takes.
 *
 * @param name unique, whether in small or capital letters
 */
public record GroupView(long id, String name, List<Member> members) {

  /**
   * Somebody in it.
   *
   * @param name shown only
   */
  public record Member(long id, String name) {
    public Member {
      name = name == null ? "" : name;
    }
  }

  public GroupView {
    Objects.requireNonNull(name, "name is missing");
    members = members == null ? List.of() : List.copyOf(members);
  }
}
