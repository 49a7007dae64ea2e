package io.mutirao.gateway.databricks.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import io.mutirao.objects.Notebook;
import io.mutirao.objects.Notebook.Format;
import io.mutirao.objects.Notebook.Language;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an import makes, and where. Pure.
 *
 * @param notebook none: an ordinary file
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, only stored.
record Imported(WorkspacePath path, byte[] content, @Nullable Notebook notebook) {

  private static final List<String> FORMATS =
      List.of("SOURCE", "JUPYTER", "AUTO", "RAW", "HTML", "DBC", "R_MARKDOWN");
  private static final List<String> LANGUAGES = List.of("PYTHON", "SCALA", "SQL", "R");
  private static final Map<String, Language> ENDINGS =
      Map.of(
          ".py", Language.PYTHON,
          ".scala", Language.SCALA,
          ".sql", Language.SQL,
          ".r", Language.R);
  private static final String IPYNB = ".ipynb";

  static Imported of(Fields in) throws Rejected {
    WorkspacePath path = WorkspacePath.in(in);
    String format = in.word("format", FORMATS);
    String language = in.word("language", LANGUAGES);
    byte[] content = in.bytes("content");
    if (content == null) {
      throw Rejected.field(
          "content", "required field is missing, expected a string in base64, or a file of a form");
    }
    return switch (format == null ? "SOURCE" : format) {
      case "SOURCE" ->
          new Imported(
              path, content, new Notebook(language(language, path, content), Format.SOURCE));
      case "JUPYTER" -> jupyter(path, content);
      case "AUTO" -> automatic(path, content);
      case "RAW" -> new Imported(path, content, null);
      case "HTML" -> html(path, content);
      default -> throw in.wrong("format", "one of SOURCE, JUPYTER, AUTO, RAW, HTML; no archives");
    };
  }

  private static Language language(@Nullable String said, WorkspacePath path, byte[] content)
      throws Rejected {
    if (said != null) {
      return Language.valueOf(said);
    }
    Language byEnding = ENDINGS.get(ending(path));
    if (byEnding != null) {
      return byEnding;
    }
    String source = new String(content, UTF_8);
    for (Language language : List.of(Language.PYTHON, Language.SCALA, Language.SQL)) {
      if (Cells.saysSo(language, source)) {
        return language;
      }
    }
    throw Rejected.field(
        "language", "required with format SOURCE, expected one of " + String.join(", ", LANGUAGES));
  }

  private static Imported jupyter(WorkspacePath path, byte[] content) throws Rejected {
    Cells cells =
        Jupyter.read(content)
            .orElseThrow(
                () -> Rejected.field("content", "expected a Jupyter notebook: JSON with cells"));
    return new Imported(path, content, new Notebook(cells.language(), Format.JUPYTER));
  }

  private static Imported html(WorkspacePath path, byte[] content) throws Rejected {
    Cells cells =
        Html.read(content)
            .orElseThrow(() ->
                Rejected.field("content", "expected a page with __DATABRICKS_NOTEBOOK_MODEL"));
    return new Imported(
        path, cells.source().getBytes(UTF_8), new Notebook(cells.language(), Format.SOURCE));
  }

  /**
   * By ending and content: what says that it is a notebook becomes one, without its ending; all
   * else is a file as it is.
   */
  static Imported automatic(WorkspacePath path, byte[] content) {
    String ending = ending(path);
    if (ending.equals(IPYNB)) {
      return Jupyter.read(content)
          .map(cells ->
              new Imported(
                  path.without(IPYNB.length()),
                  content,
                  new Notebook(cells.language(), Format.JUPYTER)))
          .orElseGet(() -> new Imported(path, content, null));
    }
    Language language = ENDINGS.get(ending);
    return language != null && Cells.saysSo(language, new String(content, UTF_8))
        ? new Imported(
            path.without(ending.length()), content, new Notebook(language, Format.SOURCE))
        : new Imported(path, content, null);
  }

  /** In small letters with its dot; empty when there is none, or nothing before it. */
  private static String ending(WorkspacePath path) {
    String name = path.isRoot() ? "" : path.names().getLast();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
  }
}
