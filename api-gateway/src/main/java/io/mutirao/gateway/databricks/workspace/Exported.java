package io.mutirao.gateway.databricks.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.objects.Notebook;
import io.mutirao.objects.Notebook.Format;
import java.util.List;
import java.util.Optional;

/**
 * What an export gives. Pure.
 *
 * @param fileType the ending that a file of it has, without dot; empty of ordinary files
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, only sent.
record Exported(byte[] content, String fileType) {

  /** As Databricks names them; archives are not written. */
  static final List<String> FORMATS =
      List.of("SOURCE", "JUPYTER", "HTML", "AUTO", "RAW", "DBC", "R_MARKDOWN");

  /**
   * A notebook in a format.
   *
   * @param format one of {@link #FORMATS}
   */
  static Exported of(String name, byte[] text, Notebook notebook, String format) throws Rejected {
    return switch (format) {
      case "SOURCE" -> source(text, notebook);
      case "JUPYTER" ->
          new Exported(
              notebook.format() == Format.JUPYTER ? text : Jupyter.write(cells(text, notebook)),
              "ipynb");
      case "HTML" -> new Exported(Html.write(name, cells(text, notebook)), "html");
      case "AUTO", "RAW" ->
          notebook.format() == Format.JUPYTER
              ? new Exported(text, "ipynb")
              : source(text, notebook);
      default ->
          throw Rejected.field(
              "format", "expected one of SOURCE, JUPYTER, HTML, AUTO, RAW, not " + format);
    };
  }

  /** As it came, but for the first line: source code that is read again must say what it is. */
  private static Exported source(byte[] text, Notebook notebook) {
    String ending = Cells.ending(notebook.language());
    if (notebook.format() == Format.JUPYTER) {
      return new Exported(cells(text, notebook).source().getBytes(UTF_8), ending);
    }
    String source = new String(text, UTF_8);
    return Cells.saysSo(notebook.language(), source)
        ? new Exported(text, ending)
        : new Exported(
            (new Cells(notebook.language(), List.of()).source() + source).getBytes(UTF_8), ending);
  }

  private static Cells cells(byte[] text, Notebook notebook) {
    Optional<Cells> jupyter =
        notebook.format() == Format.JUPYTER ? Jupyter.read(text) : Optional.empty();
    return jupyter.orElseGet(() -> Cells.ofSource(notebook.language(), new String(text, UTF_8)));
  }
}
