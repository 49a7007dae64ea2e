package io.mutirao.worker.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code {{secrets/scope/key}}} in a tree of JSON becomes the secret. */
public final class SecretReferences {

  private static final Pattern REFERENCE =
      Pattern.compile("\\{\\{\\s*secrets/([^/{}]+)/([^/{}]+?)\\s*}}");

  /** What a reference stands for. */
  public interface Values {
    String of(String scope, String key)
        throws SecretDesk.Withheld, IOException, InterruptedException;
  }

  /** The same tree when there are none; names of fields are left as they are. */
  public static ObjectNode resolve(ObjectNode tree, Values values)
      throws SecretDesk.Withheld, IOException, InterruptedException {
    return tree.toString().contains("secrets/") ? (ObjectNode) copy(tree, values) : tree;
  }

  private static JsonNode copy(JsonNode tree, Values values)
      throws SecretDesk.Withheld, IOException, InterruptedException {
    return switch (tree) {
      case TextNode text -> TextNode.valueOf(resolve(text.textValue(), values));
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (var field : object.properties()) {
          copy.set(field.getKey(), copy(field.getValue(), values));
        }
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : array) {
          copy.add(copy(item, values));
        }
        yield copy;
      }
      default -> tree;
    };
  }

  private static String resolve(String text, Values values)
      throws SecretDesk.Withheld, IOException, InterruptedException {
    StringBuilder resolved = new StringBuilder();
    Matcher reference = REFERENCE.matcher(text);
    while (reference.find()) {
      String value = values.of(reference.group(1), reference.group(2));
      reference.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    return reference.appendTail(resolved).toString();
  }

  private SecretReferences() {}
}
