package io.mutirao.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * Where an object stands: names separated by {@code /}, for example {@code logs/17/18}. A path that
 * could lead out of a store cannot be made.
 *
 * @param value at most 1024 characters; each name has 1 to 200 bytes in UTF-8, and is neither
 *     {@code .} nor {@code ..}; no name begins with {@code .upload-}
 */
public record ObjectPath(String value) {

  /** Begins the names under which a {@link DirectoryStore} keeps what is still being written. */
  static final String UPLOAD = ".upload-";

  public ObjectPath {
    String wrong = wrongWith(value);
    if (wrong != null) {
      throw new IllegalArgumentException("not a path of an object: " + wrong);
    }
  }

  static @Nullable ObjectPath ifOne(String value) {
    return wrongWith(value) == null ? new ObjectPath(value) : null;
  }

  /** Joins names, any of which may hold a slash itself. */
  public static ObjectPath of(String first, Object... more) {
    StringBuilder path = new StringBuilder(first);
    for (Object name : more) {
      path.append('/').append(name);
    }
    return new ObjectPath(path.toString());
  }

  /** Why it can be no path, for a person; null: it can. */
  public static @Nullable String wrongWith(String value) {
    if (value.length() > 1024) {
      return value.length() + " characters, 1024 are allowed";
    }
    for (String name : value.split("/", -1)) {
      if (name.isEmpty()) {
        return "an empty name in '" + value + "'";
      }
      if (name.equals(".") || name.equals("..") || name.startsWith(UPLOAD)) {
        return "the name '" + name + "' in '" + value + "'";
      }
      int bytes = name.getBytes(UTF_8).length;
      if (bytes > 200) {
        return "a name of " + bytes + " bytes, 200 are allowed";
      }
      if (name.chars().anyMatch(c -> c < ' ' || c == '\\' || c == 0x7f)) {
        return "a control character or a backslash";
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return value;
  }
}
