package io.mutirao.gateway.core;

import java.util.Set;

/**
 * Somebody whose credentials were found good.
 *
 * @param name as it was written when the user was made; unique
 * @param groups the names of the groups that the user is in, {@link #EVERYBODY} left out
 * @param administrator may do everything
 */
public record User(String name, Set<String> groups, boolean administrator) {

  /** The group whose members are administrators. */
  public static final String ADMINS = "admins";

  /** The group that every user is in. */
  public static final String EVERYBODY = "users";

  public User {
    groups = Set.copyOf(groups);
  }

  public static User of(String name, Set<String> groups) {
    return new User(name, groups, groups.contains(ADMINS));
  }

  /** Whom the token of the configuration stands for. */
  public static User administrator(String name) {
    return new User(name, Set.of(ADMINS), true);
  }

  public boolean isIn(String group) {
    return group.equals(EVERYBODY) || groups.contains(group);
  }
}
