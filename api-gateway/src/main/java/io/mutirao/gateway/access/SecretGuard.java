package io.mutirao.gateway.access;

import io.mutirao.contracts.secret.ScopeView;
import io.mutirao.contracts.secret.SecretGrant;
import io.mutirao.contracts.secret.SecretGrant.Level;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;

/** Who may do what in a scope of secrets. */
public final class SecretGuard {

  /** Administrators may do everything; others what a grant of theirs, or of a group, says. */
  public static boolean allows(User user, ScopeView scope, Level wanted) {
    return user.administrator()
        || scope.grants().stream()
            .filter(grant -> isFor(user, grant))
            .anyMatch(grant -> grant.level().includes(wanted));
  }

  private static boolean isFor(User user, SecretGrant grant) {
    return grant.principal().equalsIgnoreCase(user.name()) || user.isIn(grant.principal());
  }

  public static void require(User user, ScopeView scope, Level wanted) throws Rejected {
    if (!allows(user, scope, wanted)) {
      throw new Rejected(
          new Problem.Denied(
              "User %s does not have %s permission on scope %s."
                  .formatted(user.name(), wanted, scope.name())));
    }
  }

  private SecretGuard() {}
}
