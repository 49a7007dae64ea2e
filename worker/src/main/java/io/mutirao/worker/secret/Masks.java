package io.mutirao.worker.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The secrets that one attempt was given, so that nothing that it prints or leaves shows them. As
 * Databricks does it: the value as it is, or as a page of HTML words it. Whoever wants to print a
 * secret in other words can.
 */
public final class Masks {

  private static final String REDACTED = "[REDACTED]";

  /** Longest first: of two that begin alike the longer one is found. */
  private final List<byte[]> secrets = new CopyOnWriteArrayList<>();

  /**
   * From now on this value is not shown; nor without the white space around it, nor in HTML.
   *
   * @return what is hidden now that was not before
   */
  public synchronized List<byte[]> hide(byte[] secret) {
    List<byte[]> fresh = new ArrayList<>();
    byte[] stripped = new String(secret, ISO_8859_1).strip().getBytes(ISO_8859_1);
    for (byte[] one : List.of(secret, stripped, inPage(stripped))) {
      if (stripped.length > 0 && secrets.stream().noneMatch(known -> Arrays.equals(known, one))) {
        secrets.add(one.clone());
        fresh.add(one.clone());
      }
    }
    secrets.sort(Comparator.comparingInt((byte[] known) -> known.length).reversed());
    return fresh;
  }

  private static byte[] inPage(byte[] secret) {
    return new String(secret, ISO_8859_1)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#x27;")
        .getBytes(ISO_8859_1);
  }

  /** All texts in a tree; the names of its fields stay. */
  public JsonNode in(JsonNode tree) {
    if (secrets.isEmpty()) {
      return tree;
    }
    return switch (tree) {
      case ObjectNode object -> {
        ObjectNode shown = object.objectNode();
        object.properties().forEach(field -> shown.set(field.getKey(), in(field.getValue())));
        yield shown;
      }
      case ArrayNode array -> {
        ArrayNode shown = array.arrayNode();
        array.forEach(item -> shown.add(in(item)));
        yield shown;
      }
      case TextNode text -> TextNode.valueOf(in(text.textValue()));
      default -> tree;
    };
  }

  public String in(String text) {
    String shown = text;
    for (byte[] secret : secrets) {
      shown = shown.replace(new String(secret, UTF_8), REDACTED);
    }
    return shown;
  }
}
