package io.mutirao.gateway.databricks.dbfs;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import io.mutirao.objects.ObjectPath;

/**
 * A path as DBFS writes it, {@code /a/b}, and the object that stands for it.
 *
 * @param text begins with a slash and does not end with one, but for the root
 */
record DbfsPath(String text, ObjectPath object) {

  private static final String SCHEME = "dbfs:";
  private static final String PREFIX = "dbfs";

  static DbfsPath in(Fields in, String field) throws Rejected {
    return of(in.at(field), in.text(field));
  }

  /** Also with {@code dbfs:} before it, as jobs name files. */
  static DbfsPath of(String field, String given) throws Rejected {
    String text = given.startsWith(SCHEME) ? given.substring(SCHEME.length()) : given;
    if (!text.startsWith("/")) {
      throw Rejected.field(field, "expected an absolute path that begins with /, not " + given);
    }
    if (text.length() > 1 && text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    String object = text.equals("/") ? PREFIX : PREFIX + text;
    String wrong = ObjectPath.wrongWith(object);
    if (wrong != null) {
      throw Rejected.field(field, "not a path of a file: " + wrong);
    }
    return new DbfsPath(text, new ObjectPath(object));
  }

  static DbfsPath of(ObjectPath object) {
    String text = object.value().substring(PREFIX.length());
    return new DbfsPath(text.isEmpty() ? "/" : text, object);
  }

  boolean isRoot() {
    return text.equals("/");
  }
}
