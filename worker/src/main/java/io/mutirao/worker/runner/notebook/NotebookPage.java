package io.mutirao.worker.runner.notebook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mutirao.contracts.topic.Codec;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** The page that shows a notebook, with the model for programs in it. Pure. */
final class NotebookPage {

  private static final String MODEL = "__DATABRICKS_NOTEBOOK_MODEL = '";

  /** Without what nobody may see; a page whose model cannot be read loses it. */
  static String masked(String page, UnaryOperator<JsonNode> mask) {
    int begin = page.indexOf(MODEL) + MODEL.length();
    int end = page.indexOf('\'', begin);
    if (begin < MODEL.length() || end < 0) {
      return masked(TextNode.valueOf(page), mask);
    }
    return masked(TextNode.valueOf(page.substring(0, begin)), mask)
        + model(page.substring(begin, end), mask)
        + masked(TextNode.valueOf(page.substring(end)), mask);
  }

  private static String masked(TextNode text, UnaryOperator<JsonNode> mask) {
    return mask.apply(text).asText();
  }

  /** JSON, of which each character that is not plain is escaped, in base64. */
  private static String model(String encoded, UnaryOperator<JsonNode> mask) {
    try {
      String escaped = new String(Base64.getDecoder().decode(encoded), ISO_8859_1);
      JsonNode model = Codec.JSON.readTree(URLDecoder.decode(escaped, UTF_8));
      JsonNode shown = mask.apply(model);
      return shown.equals(model)
          ? encoded
          : Base64.getEncoder()
              .encodeToString(
                  URLEncoder.encode(shown.toString(), UTF_8)
                      .replace("+", "%20")
                      .getBytes(ISO_8859_1));
    } catch (IllegalArgumentException | JsonProcessingException _) {
      return "";
    }
  }

  private NotebookPage() {}
}
