package io.mutirao.dispatcher.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dynamic value references: {@code {{job.id}}} in a text becomes what it stands for, anywhere in a
 * tree of JSON (Jobs API 2.1, dynamic value references). Pure.
 */
public final class References {

  /** A reference that stands for nothing. */
  public static final class Unknown extends Exception {
    private static final long serialVersionUID = 1L;

    Unknown(String message) {
      super(message, null, false, false);
    }
  }

  /** What a reference stands for. */
  @FunctionalInterface
  public interface Lookup {

    /** Null: there is no such reference. */
    @Nullable String of(String reference) throws Unknown;
  }

  /** Left as they are: only the worker that runs the task may know what they stand for. */
  private static final String SECRET = "secrets/";

  private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*(.*?)\\s*}}");

  /** A copy in which every reference is replaced; names of fields are left as they are. */
  public static JsonNode resolve(JsonNode tree, Lookup values) throws Unknown {
    return switch (tree) {
      case TextNode text -> TextNode.valueOf(resolve(text.textValue(), values));
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (var field : object.properties()) {
          copy.set(field.getKey(), resolve(field.getValue(), values));
        }
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : array) {
          copy.add(resolve(item, values));
        }
        yield copy;
      }
      default -> tree;
    };
  }

  /** The same for one text. */
  public static String resolve(String text, Lookup values) throws Unknown {
    if (!text.contains("{{")) {
      return text;
    }
    StringBuilder resolved = new StringBuilder();
    Matcher reference = REFERENCE.matcher(text);
    while (reference.find()) {
      String value =
          reference.group(1).startsWith(SECRET) ? reference.group() : values.of(reference.group(1));
      if (value == null) {
        throw new Unknown("There is no dynamic value " + reference.group());
      }
      reference.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    return reference.appendTail(resolved).toString();
  }

  private References() {}
}
