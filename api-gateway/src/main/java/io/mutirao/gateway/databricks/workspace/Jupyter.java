package io.mutirao.gateway.databricks.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.objects.Notebook.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A notebook as Jupyter writes it. Pure. */
final class Jupyter {

  private static final String MARKDOWN = "%md\n";

  /** The cells, without what they printed; empty when it is no notebook of Jupyter. */
  static Optional<Cells> read(byte[] bytes) {
    JsonNode notebook;
    try {
      notebook = Codec.JSON.readTree(bytes);
    } catch (IOException _) {
      return Optional.empty();
    }
    if (!(notebook instanceof ObjectNode) || !notebook.path("cells").isArray()) {
      return Optional.empty();
    }
    List<String> cells = new ArrayList<>();
    for (JsonNode cell : notebook.path("cells")) {
      String text = text(cell.path("source")).strip();
      cells.add(
          switch (cell.path("cell_type").asText()) {
            case "markdown", "raw" -> text.startsWith("%md") ? text : MARKDOWN + text;
            default -> text;
          });
    }
    return Optional.of(new Cells(language(notebook.path("metadata")), cells));
  }

  private static Language language(JsonNode metadata) {
    for (String path :
        List.of(
            "/application~1vnd.databricks.v1+notebook/language",
            "/language_info/name",
            "/kernelspec/language")) {
      String word = metadata.at(path).asText();
      if (!word.isEmpty()) {
        return Cells.language(word);
      }
    }
    return Language.PYTHON;
  }

  /** Sources are one text, or a list of lines. */
  private static String text(JsonNode source) {
    if (!source.isArray()) {
      return source.asText();
    }
    StringBuilder text = new StringBuilder();
    source.forEach(line -> text.append(line.asText()));
    return text.toString();
  }

  static byte[] write(Cells notebook) {
    String language = notebook.language().name().toLowerCase(Locale.ROOT);
    ObjectNode json = Codec.JSON.createObjectNode();
    ArrayNode cells = json.putArray("cells");
    for (String text : notebook.cells()) {
      boolean markdown = text.startsWith("%md");
      ObjectNode cell = cells.addObject();
      cell.put("cell_type", markdown ? "markdown" : "code");
      if (!markdown) {
        cell.putNull("execution_count");
        cell.putArray("outputs");
      }
      cell.putObject("metadata");
      ArrayNode lines = cell.putArray("source");
      String shown = markdown ? text.substring("%md".length()).strip() : text;
      shown.lines().map(line -> line + "\n").forEach(lines::add);
      if (!lines.isEmpty()) {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1).asText().stripTrailing());
      }
    }
    ObjectNode metadata = json.putObject("metadata");
    metadata.putObject("language_info").put("name", language);
    metadata.putObject("application/vnd.databricks.v1+notebook").put("language", language);
    json.put("nbformat", 4);
    json.put("nbformat_minor", 0);
    try {
      return Codec.JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a notebook that cannot be written is a bug", e);
    }
  }

  private Jupyter() {}
}
