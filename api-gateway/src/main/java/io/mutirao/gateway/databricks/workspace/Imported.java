package io.mutirao.gateway.databricks.workspace;

import static io.mutirao.objects.Notebook.Format.JUPYTER;
import static io.mutirao.objects.Notebook.Format.SOURCE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import io.mutirao.gateway.http.Sent;
import io.mutirao.objects.Notebook;
import io.mutirao.objects.Notebook.Language;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an import makes, and where. A file may be of any size, a notebook is looked at as a whole.
 *
 * @param notebook none: an ordinary file
 */
record Imported(WorkspacePath path, InputStream content, @Nullable Notebook notebook) {

  /** As much as an export gives back. */
  static final int MOST_OF_A_NOTEBOOK = 10 * 1024 * 1024;

  /** More than the first line of a notebook's source. */
  private static final int FIRST_LINE = 200;

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

  /**
   * What fields say.
   *
   * @param file of a form; none: the content stands in the fields
   */
  static Imported of(Fields in, @Nullable Sent file) throws Rejected {
    WorkspacePath path = WorkspacePath.in(in);
    String format = in.word("format", FORMATS);
    String language = in.word("language", LANGUAGES);
    Sent sent = file == null ? inFields(in) : file;
    return switch (format == null ? "SOURCE" : format) {
      case "SOURCE" -> {
        byte[] source = whole(path, sent);
        yield notebook(path, source, new Notebook(language(language, path, source), SOURCE));
      }
      case "JUPYTER" -> jupyter(path, whole(path, sent));
      case "AUTO" -> automatic(path, sent);
      case "RAW" -> new Imported(path, sent.content(), null);
      case "HTML" -> html(path, whole(path, sent));
      default -> throw in.wrong("format", "one of SOURCE, JUPYTER, AUTO, RAW, HTML; no archives");
    };
  }

  private static Sent inFields(Fields in) throws Rejected {
    byte[] content = in.bytes("content");
    if (content == null) {
      throw Rejected.field(
          "content", "required field is missing, expected a string in base64, or a file of a form");
    }
    return Sent.of(content);
  }

  private static byte[] whole(WorkspacePath path, Sent sent) throws Rejected {
    byte[] seen = sent.beginning(MOST_OF_A_NOTEBOOK + 1);
    if (seen.length > MOST_OF_A_NOTEBOOK) {
      throw tooLarge(path);
    }
    return seen;
  }

  private static Rejected tooLarge(WorkspacePath path) {
    return new Rejected(
        new Problem.TooLarge(
            "A notebook ("
                + path.text()
                + ") may have at most "
                + MOST_OF_A_NOTEBOOK
                + " bytes (10 MB); a file may be larger"));
  }

  private static Imported notebook(WorkspacePath path, byte[] content, Notebook notebook) {
    return new Imported(path, new ByteArrayInputStream(content), notebook);
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
    return notebook(path, content, new Notebook(cells.language(), JUPYTER));
  }

  private static Imported html(WorkspacePath path, byte[] content) throws Rejected {
    Cells cells =
        Html.read(content)
            .orElseThrow(() ->
                Rejected.field("content", "expected a page with __DATABRICKS_NOTEBOOK_MODEL"));
    return notebook(path, cells.source().getBytes(UTF_8), new Notebook(cells.language(), SOURCE));
  }

  /**
   * By ending and content: what says that it is a notebook becomes one, without its ending; all
   * else is a file as it is.
   */
  static Imported automatic(WorkspacePath path, Sent sent) throws Rejected {
    String ending = ending(path);
    if (ending.equals(IPYNB)) {
      byte[] content = whole(path, sent);
      return Jupyter.read(content)
          .map(cells ->
              notebook(
                  path.without(IPYNB.length()), content, new Notebook(cells.language(), JUPYTER)))
          .orElseGet(() -> new Imported(path, sent.content(), null));
    }
    Language language = ENDINGS.get(ending);
    if (language == null || !saysSo(language, sent.beginning(FIRST_LINE))) {
      return new Imported(path, sent.content(), null);
    }
    return notebook(
        path.without(ending.length()), whole(path, sent), new Notebook(language, SOURCE));
  }

  private static boolean saysSo(Language language, byte[] beginning) {
    return Cells.saysSo(language, new String(beginning, UTF_8));
  }

  /** In small letters with its dot; empty when there is none, or nothing before it. */
  private static String ending(WorkspacePath path) {
    String name = path.isRoot() ? "" : path.names().getLast();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
  }
}
