package io.mutirao.gateway.databricks.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.secret.SecretGrant.Level;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The fields of requests of the Secrets API. */
final class SecretMapping {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@-]{1,128}");
  private static final int MAX_BYTES = 128 * 1024;
  private static final List<String> LEVELS = Arrays.stream(Level.values()).map(Enum::name).toList();

  static String scope(Fields in) throws Rejected {
    return name(in, "scope");
  }

  static String key(Fields in) throws Rejected {
    return name(in, "key");
  }

  private static String name(Fields in, String field) throws Rejected {
    String name = in.text(field);
    if (!NAME.matcher(name).matches()) {
      throw in.wrong(field, "1 to 128 letters, digits, -, _, @ and .");
    }
    return name;
  }

  /** Who manages a new scope: its maker, or everybody. */
  static String manager(Fields in, String maker) throws Rejected {
    String principal = in.word("initial_manage_principal", List.of("users"));
    return principal == null ? maker : principal;
  }

  static void requireOurs(Fields in) throws Rejected {
    String type = in.word("scope_backend_type", List.of("DATABRICKS", "AZURE_KEYVAULT"));
    if ("AZURE_KEYVAULT".equals(type) || in.has("backend_azure_keyvault")) {
      throw Rejected.field(
          "scope_backend_type", "expected DATABRICKS; scopes of a key vault are not served here");
    }
  }

  /** Never told in an error: it is a secret even when it is wrong. */
  static byte[] value(Fields in) throws Rejected {
    if (in.has("string_value") == in.has("bytes_value")) {
      throw Rejected.field("string_value", "exactly one of string_value, bytes_value is expected");
    }
    byte[] value;
    if (in.has("string_value")) {
      if (!in.node().get("string_value").isTextual()) {
        throw Rejected.field("string_value", "expected a string");
      }
      value = in.node().get("string_value").textValue().getBytes(UTF_8);
    } else {
      value = bytes(in);
    }
    if (value.length > MAX_BYTES) {
      throw Rejected.field(
          in.has("string_value") ? "string_value" : "bytes_value",
          "at most 128 KB are allowed, not " + value.length + " bytes");
    }
    return value;
  }

  private static byte[] bytes(Fields in) throws Rejected {
    try {
      byte[] bytes = in.bytes("bytes_value");
      return bytes == null ? new byte[0] : bytes;
    } catch (Rejected _) {
      throw Rejected.field("bytes_value", "expected a string in base64");
    }
  }

  static Level level(Fields in) throws Rejected {
    in.text("permission");
    String level = in.word("permission", LEVELS);
    return Level.valueOf(String.valueOf(level));
  }

  private SecretMapping() {}
}
