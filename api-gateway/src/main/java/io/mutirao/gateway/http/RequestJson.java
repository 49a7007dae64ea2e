package io.mutirao.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads what a client sent, and refuses what we could not hand on unchanged: what PostgreSQL cannot
 * store, what UTF-8 cannot write, and what would fill the memory.
 */
final class RequestJson {

  private static final int MAX_DEPTH = 100;

  /** A tree of this many tokens takes some 30 MB, whatever they are. */
  private static final int MAX_TOKENS = 500_000;

  private static final int MAX_QUERY_PARAMETERS = 100;

  /** What the parser adds for programmers. */
  private static final Pattern NOT_FOR_USERS =
      Pattern.compile(
          "(, from `.*`)(?=\\))|( for `| \\(bound as|: not allowed|: enable `| \\(of type).*");

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxTokenCount(MAX_TOKENS)
                          .maxStringLength(FrontDoor.MAX_BODY_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  static ObjectNode object(byte[] body) throws Rejected {
    JsonNode tree;
    try {
      tree = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw malformed("The request body is not valid JSON: " + reason(e));
    } catch (IOException e) {
      throw malformed("The request body is not valid JSON: it is not UTF-8");
    }
    if (tree == null || tree.isMissingNode()) {
      throw malformed("The request body is empty; a JSON object is expected");
    }
    if (!(tree instanceof ObjectNode object)) {
      throw malformed(
          "The request body must be a JSON object, not "
              + tree.getNodeType().name().toLowerCase(Locale.ROOT));
    }
    check(object, "");
    return object;
  }

  static ObjectNode query(String query) throws Rejected {
    Map<String, List<String>> parameters;
    try {
      parameters = new QueryStringDecoder(query, false).parameters();
    } catch (IllegalArgumentException e) {
      throw malformed("The query string is not valid: " + e.getMessage());
    }
    if (parameters.size() > MAX_QUERY_PARAMETERS) {
      throw malformed("The query string has more than " + MAX_QUERY_PARAMETERS + " parameters");
    }
    ObjectNode fields = JSON.createObjectNode();
    for (var parameter : parameters.entrySet()) {
      if (parameter.getValue().size() > 1) {
        throw Rejected.field(parameter.getKey(), "given more than once");
      }
      // An empty parameter is one that was left out: clients send page_token= so.
      if (!parameter.getValue().getFirst().isEmpty()) {
        fields.put(parameter.getKey(), parameter.getValue().getFirst());
      }
    }
    check(fields, "");
    return fields;
  }

  /** What came another way than as JSON, held to the same rules. */
  static ObjectNode checked(ObjectNode fields) throws Rejected {
    check(fields, "");
    return fields;
  }

  private static void check(JsonNode node, String path) throws Rejected {
    switch (node.getNodeType()) {
      case OBJECT -> {
        for (var field : node.properties()) {
          String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
          checkText(field.getKey(), path.isEmpty() ? "a field name" : path);
          check(field.getValue(), at);
        }
      }
      case ARRAY -> {
        for (int i = 0; i < node.size(); i++) {
          JsonNode item = node.get(i);
          if (item.isContainerNode() || item.isTextual() || item.isDouble()) {
            check(item, path + "[" + i + "]");
          }
        }
      }
      case STRING -> checkText(node.textValue(), path);
      case NUMBER -> {
        if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
          throw Rejected.field(path, "the number is too large");
        }
      }
      case BOOLEAN, NULL, BINARY, MISSING, POJO -> {}
    }
  }

  private static void checkText(String text, String path) throws Rejected {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw Rejected.field(path, "the character U+0000 is not allowed in strings");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw Rejected.field(path, "half a character: a surrogate without the other one");
      }
    }
  }

  private static String reason(JsonProcessingException e) {
    String text = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    String line = NOT_FOR_USERS.matcher(text).replaceFirst("");
    JsonLocation place = e.getLocation();
    return place == null || e instanceof JsonMappingException
        ? line
        : line + " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
  }

  private static Rejected malformed(String why) {
    return new Rejected(new Problem.Malformed(why));
  }

  private RequestJson() {}
}
