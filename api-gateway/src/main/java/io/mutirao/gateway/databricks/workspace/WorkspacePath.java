package io.mutirao.gateway.databricks.workspace;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import io.mutirao.objects.ObjectPath;
import java.util.List;

/**
 * A path of the workspace, {@code /Users/a/b}, and the object that stands for it.
 *
 * @param prefix {@code /Workspace} when it was written so; answers repeat it
 * @param place without prefix; begins with a slash and does not end with one, but for the root
 */
record WorkspacePath(String prefix, String place, ObjectPath object) {

  private static final String PREFIX = "/Workspace";
  private static final String OBJECTS = "workspace";

  static WorkspacePath in(Fields in) throws Rejected {
    return of("path", in.text("path"));
  }

  static WorkspacePath of(String field, String given) throws Rejected {
    if (!given.startsWith("/")) {
      throw Rejected.field(field, "expected an absolute path that begins with /, not " + given);
    }
    String text =
        given.length() > 1 && given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
    boolean prefixed = text.equals(PREFIX) || text.startsWith(PREFIX + "/");
    String place = prefixed ? text.substring(PREFIX.length()) : text;
    String object = place.isEmpty() || place.equals("/") ? OBJECTS : OBJECTS + place;
    String wrong = ObjectPath.wrongWith(object);
    if (wrong != null) {
      throw Rejected.field(field, "not a path of the workspace: " + wrong);
    }
    return new WorkspacePath(
        prefixed ? PREFIX : "", place.isEmpty() ? "/" : place, new ObjectPath(object));
  }

  /** As it was written. */
  String text() {
    return place.equals("/") && !prefix.isEmpty() ? prefix : prefix + place;
  }

  boolean isRoot() {
    return place.equals("/");
  }

  WorkspacePath parent() {
    int slash = place.lastIndexOf('/');
    return slash <= 0 ? at("/") : at(place.substring(0, slash));
  }

  WorkspacePath child(String name) {
    return at(isRoot() ? "/" + name : place + "/" + name);
  }

  /** The same without the last so many characters. */
  WorkspacePath without(int last) {
    return at(place.substring(0, place.length() - last));
  }

  private WorkspacePath at(String other) {
    return new WorkspacePath(
        prefix, other, new ObjectPath(other.equals("/") ? OBJECTS : OBJECTS + other));
  }

  /** The names from the root on. */
  List<String> names() {
    return isRoot() ? List.of() : List.of(place.substring(1).split("/"));
  }

  /** Below {@code workspace/}; none of the root. */
  ObjectPath inWorkspace() {
    return new ObjectPath(place.substring(1));
  }
}
