package io.mutirao.gateway.databricks.workspace;

import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.StoredFiles;
import io.mutirao.gateway.core.User;
import io.mutirao.objects.ObjectPath;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The folders that mean something: {@code /Users/NAME} is a user's own, where nobody but he and
 * administrators come; everything else is everybody's.
 */
@Singleton
final class Folders {

  private static final String USERS = "Users";
  private static final String SHARED = "Shared";

  private final StoredFiles files;

  Folders(StoredFiles files) {
    this.files = files;
  }

  /** They are there from the beginning, and so is a user's own. */
  void make(User user) throws Rejected {
    for (ObjectPath folder :
        List.of(
            ObjectPath.of("workspace", SHARED), ObjectPath.of("workspace", USERS, user.name()))) {
      if (files.find(folder).isEmpty()) {
        files.makeFolder(folder);
      }
    }
  }

  static boolean mayEnter(User user, WorkspacePath path) {
    List<String> names = path.names();
    return user.administrator()
        || names.size() < 2
        || !names.getFirst().equals(USERS)
        || names.get(1).equals(user.name());
  }

  static void requireEntry(User user, WorkspacePath path) throws Rejected {
    if (!mayEnter(user, path)) {
      throw new Rejected(
          new Problem.Denied(
              "User " + user.name() + " does not have permissions on " + path.text() + "."));
    }
  }

  /** What nobody deletes. */
  static boolean isProtected(WorkspacePath path) {
    List<String> names = path.names();
    return switch (names.size()) {
      case 0 -> true;
      case 1 -> names.getFirst().equals(USERS) || names.getFirst().equals(SHARED);
      case 2 -> names.getFirst().equals(USERS);
      default -> false;
    };
  }
}
