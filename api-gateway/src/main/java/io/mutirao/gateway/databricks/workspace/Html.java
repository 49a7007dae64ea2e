package io.mutirao.gateway.databricks.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A notebook as a page: for people its cells, for programs {@code __DATABRICKS_NOTEBOOK_MODEL},
 * which is JSON, URL-encoded, in base64. Pure.
 */
final class Html {

  private static final Pattern MODEL =
      Pattern.compile("__DATABRICKS_NOTEBOOK_MODEL\\s*=\\s*['\"]([A-Za-z0-9+/=]+)['\"]");

  static byte[] write(String name, Cells notebook) {
    ObjectNode model = Codec.JSON.createObjectNode();
    model.put("version", "NotebookV1");
    model.put("name", name);
    model.put("language", notebook.language().name().toLowerCase(Locale.ROOT));
    ArrayNode commands = model.putArray("commands");
    StringBuilder shown = new StringBuilder();
    for (String cell : notebook.cells()) {
      commands
          .addObject()
          .put("version", "CommandV1")
          .put("position", (double) commands.size())
          .put("command", cell);
      shown.append("<pre>").append(escaped(cell)).append("</pre>\n");
    }
    String encoded = URLEncoder.encode(model.toString(), UTF_8).replace("+", "%20");
    String base64 = Base64.getEncoder().encodeToString(encoded.getBytes(UTF_8));
    String page =
        """
        <!DOCTYPE html>
        <html>
        <head>
        <meta charset="utf-8">
        <title>%s</title>
        <script>var __DATABRICKS_NOTEBOOK_MODEL = '%s';</script>
        </head>
        <body>
        %s</body>
        </html>
        """
            .formatted(escaped(name), base64, shown);
    return page.getBytes(UTF_8);
  }

  /** The cells of a page that holds the model; empty when it does not. */
  static Optional<Cells> read(byte[] page) {
    Matcher found = MODEL.matcher(new String(page, UTF_8));
    if (!found.find()) {
      return Optional.empty();
    }
    try {
      String encoded = new String(Base64.getDecoder().decode(found.group(1)), UTF_8);
      JsonNode model = Codec.JSON.readTree(URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8));
      List<JsonNode> commands = new ArrayList<>();
      model.path("commands").forEach(commands::add);
      commands.sort(Comparator.comparingDouble(command -> command.path("position").asDouble()));
      return Optional.of(
          new Cells(
              Cells.language(model.path("language").asText()),
              commands.stream().map(command -> command.path("command").asText()).toList()));
    } catch (IllegalArgumentException | IOException _) {
      return Optional.empty();
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private Html() {}
}
