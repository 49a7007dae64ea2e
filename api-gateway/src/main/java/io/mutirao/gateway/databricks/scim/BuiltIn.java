package io.mutirao.gateway.databricks.scim;

import io.mutirao.contracts.access.UserView;
import io.mutirao.contracts.access.UserView.GroupName;
import io.mutirao.gateway.access.Authentication;
import io.mutirao.gateway.core.User;
import java.util.List;

/** What is there from the beginning, with the ids that the registry gave it, and stays. */
final class BuiltIn {

  /** The administrator of the configuration. */
  static final long ADMIN = 1;

  /** The group of the administrators: its members may change. */
  static final long ADMINS = 2;

  /** The group of all users: it has no members of its own. */
  static final long EVERYBODY = 3;

  /** Known also when the registry is away. */
  static UserView administrator() {
    return new UserView(
        ADMIN,
        Authentication.ADMIN,
        Authentication.ADMIN,
        true,
        List.of(new GroupName(ADMINS, User.ADMINS)),
        null);
  }

  private BuiltIn() {}
}
