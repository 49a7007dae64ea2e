package io.mutirao.gateway.databricks.scim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.gateway.core.Rejected;

/** Names of users and groups: each must also do as the name of a folder, {@code /Users/name}. */
final class Names {

  private static final int MAX_BYTES = 200;

  static String checked(String field, String name) throws Rejected {
    if (name.isBlank() || !name.equals(name.strip())) {
      throw Rejected.field(field, "expected a name that is not blank and has no space around it");
    }
    if (name.getBytes(UTF_8).length > MAX_BYTES) {
      throw Rejected.field(field, "expected at most " + MAX_BYTES + " bytes in UTF-8");
    }
    if (name.equals(".")
        || name.equals("..")
        || name.startsWith(".upload-")
        || name.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '/' || c == '\\')) {
      throw Rejected.field(
          field, "expected a name without slashes and control characters that is not . or ..");
    }
    return name;
  }

  private Names() {}
}
