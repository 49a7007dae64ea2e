package io.mutirao.gateway.access;

import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.Grant.Kind;
import io.mutirao.contracts.job.Grant.Level;
import io.mutirao.gateway.core.User;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What somebody may do with a job. Pure. */
public final class JobPolicy {

  /** The highest level that any grant gives; the administrator's is that of an owner. */
  public static Optional<Level> level(User user, List<Grant> grants) {
    return user.administrator()
        ? Optional.of(Level.OWNER)
        : grants.stream()
            .filter(grant -> isFor(grant, user))
            .map(Grant::level)
            .max(Comparator.naturalOrder());
  }

  public static boolean allows(User user, List<Grant> grants, Level needed) {
    return level(user, grants).filter(level -> level.compareTo(needed) >= 0).isPresent();
  }

  /** Another owner is only for administrators to choose; the one there is may stay. */
  public static boolean mayOwn(User chooser, List<Grant> before, Grant owner) {
    return chooser.administrator()
        || (isNamed(owner, chooser) && before.isEmpty())
        || before.stream().anyMatch(grant -> grant.level() == Level.OWNER && same(grant, owner));
  }

  /** As somebody else, runs act only when an administrator says so. */
  public static boolean mayRunAs(User chooser, String name) {
    return chooser.administrator() || chooser.name().equalsIgnoreCase(name);
  }

  /** Whether both are for the same one. */
  public static boolean same(Grant one, Grant other) {
    return one.kind() == other.kind() && one.principal().equalsIgnoreCase(other.principal());
  }

  private static boolean isFor(Grant grant, User user) {
    return grant.kind() == Kind.GROUP
        ? user.groups().stream().anyMatch(grant.principal()::equalsIgnoreCase)
            || grant.principal().equalsIgnoreCase(User.EVERYBODY)
        : isNamed(grant, user);
  }

  private static boolean isNamed(Grant grant, User user) {
    return grant.kind() != Kind.GROUP && grant.principal().equalsIgnoreCase(user.name());
  }

  private JobPolicy() {}
}
