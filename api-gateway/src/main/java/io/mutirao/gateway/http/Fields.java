package io.mutirao.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.gateway.core.Rejected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object, or of a query string, and says which one is not as it must be.
 * A field that is null counts as absent.
 */
public final class Fields {

  /** Some encoders write lines. */
  private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]");

  private final ObjectNode node;
  private final String path;
  private final boolean fromText;

  private Fields(ObjectNode node, String path, boolean fromText) {
    this.node = node;
    this.path = path;
    this.fromText = fromText;
  }

  public static Fields of(ObjectNode body) {
    return new Fields(body, "", false);
  }

  /** Of a query string: numbers and flags are texts there. */
  public static Fields ofText(ObjectNode query) {
    return new Fields(query, "", true);
  }

  public ObjectNode node() {
    return node;
  }

  /** Whether they came as texts: in a query or a form. */
  public boolean isForm() {
    return fromText;
  }

  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** A whole number of 64 bits, also as a string of digits: some clients send ids so. */
  public long id(String name) throws Rejected {
    require(name, "an int64");
    return digits(name, "an int64");
  }

  public @Nullable Long optionalId(String name) throws Rejected {
    return has(name) ? Long.valueOf(digits(name, "an int64")) : null;
  }

  public int whole(String name, int least, int most, int otherwise) throws Rejected {
    if (!has(name)) {
      return otherwise;
    }
    String expected = "a whole number " + range(least, most);
    JsonNode value = node.get(name);
    if (!fromText && !value.isIntegralNumber()) {
      throw wrong(name, expected);
    }
    long number = digits(name, expected);
    if (number < least || number > most) {
      throw wrong(name, expected);
    }
    return (int) number;
  }

  public boolean flag(String name) throws Rejected {
    if (!has(name)) {
      return false;
    }
    JsonNode value = node.get(name);
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    // Clients written in Python send True and False in a query.
    return switch (fromText ? value.textValue().toLowerCase(Locale.ROOT) : "") {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, "true or false");
    };
  }

  public String text(String name) throws Rejected {
    require(name, "a string");
    String text = optionalText(name);
    if (text == null || text.isEmpty()) {
      throw Rejected.field(path + name, "must not be empty");
    }
    return text;
  }

  public @Nullable String optionalText(String name) throws Rejected {
    if (!has(name)) {
      return null;
    }
    JsonNode value = node.get(name);
    if (!value.isTextual()) {
      throw wrong(name, "a string");
    }
    return value.textValue();
  }

  /**
   * Bytes: in JSON as base64, in a form as they are.
   *
   * @return none when the field is absent
   */
  public byte @Nullable [] bytes(String name) throws Rejected {
    if (!has(name)) {
      return null;
    }
    JsonNode value = node.get(name);
    try {
      if (value.isBinary()) {
        return value.binaryValue();
      }
      if (!value.isTextual()) {
        throw wrong(name, "a string in base64");
      }
      return fromText
          ? value.textValue().getBytes(UTF_8)
          : Base64.getDecoder().decode(LINE_ENDS.matcher(value.textValue()).replaceAll(""));
    } catch (IllegalArgumentException | IOException e) {
      throw wrong(name, "a string in base64");
    }
  }

  /** One of some words, exactly as they are written. */
  public @Nullable String word(String name, List<String> allowed) throws Rejected {
    String word = optionalText(name);
    if (word != null && !allowed.contains(word)) {
      throw wrong(name, "one of " + String.join(", ", allowed));
    }
    return word;
  }

  public List<String> texts(String name) throws Rejected {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : items(name, "strings")) {
      if (!item.isTextual()) {
        throw wrong(name, "an array of strings");
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  public @Nullable Fields object(String name) throws Rejected {
    if (!has(name)) {
      return null;
    }
    if (node.get(name) instanceof ObjectNode object) {
      return new Fields(object, path + name + ".", fromText);
    }
    throw wrong(name, "an object");
  }

  public List<Fields> objects(String name) throws Rejected {
    List<Fields> objects = new ArrayList<>();
    for (JsonNode item : items(name, "objects")) {
      if (!(item instanceof ObjectNode object)) {
        throw wrong(name, "an array of objects");
      }
      objects.add(new Fields(object, path + name + "[" + objects.size() + "].", fromText));
    }
    return objects;
  }

  /** For messages: the field with where it stands. */
  public String at(String name) {
    return path + name;
  }

  public Rejected wrong(String name, String expected) {
    String got = String.valueOf(node.get(name));
    String brief = got.length() > 60 ? got.substring(0, 60) + "…" : got;
    return Rejected.field(path + name, "expected " + expected + ", not " + brief);
  }

  private Iterable<JsonNode> items(String name, String ofWhat) throws Rejected {
    if (!has(name)) {
      return List.of();
    }
    JsonNode value = node.get(name);
    if (!value.isArray()) {
      throw wrong(name, "an array of " + ofWhat);
    }
    return value;
  }

  private void require(String name, String type) throws Rejected {
    if (!has(name)) {
      throw Rejected.field(path + name, "required field is missing, expected " + type);
    }
  }

  private long digits(String name, String expected) throws Rejected {
    JsonNode value = node.get(name);
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value.isTextual() && value.textValue().matches("-?[0-9]{1,19}")) {
      try {
        return Long.parseLong(value.textValue());
      } catch (NumberFormatException e) {
        throw wrong(name, expected);
      }
    }
    throw wrong(name, expected);
  }

  private static String range(int least, int most) {
    return most == Integer.MAX_VALUE ? "from " + least : "from " + least + " to " + most;
  }
}
