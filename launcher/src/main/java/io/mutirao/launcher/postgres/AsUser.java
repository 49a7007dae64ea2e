package io.mutirao.launcher.postgres;

import java.util.ArrayList;
import java.util.List;

/** PostgreSQL refuses to run as root. */
final class AsUser {

  /**
   * As root, the command in a user namespace of its own, where it is nobody special; files keep
   * their owner. The shell does not stay between: the pid is the command's.
   */
  static List<String> notRoot(List<String> command) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return command;
    }
    var wrapped = new ArrayList<>(List.of("unshare", "--user", "--"));
    wrapped.addAll(command);
    return wrapped;
  }

  private AsUser() {}
}
