package io.mutirao.gateway.databricks.workspace;

import io.mutirao.objects.Notebook.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The cells of a notebook, and how its source code is written: a first line that says that it is a
 * notebook, cells between lines of comment, magics behind comments. Pure.
 *
 * @param cells each with its magic, for example {@code %md} in its first line
 */
record Cells(Language language, List<String> cells) {

  private static final String FIRST_LINE = " Databricks notebook source";
  private static final String BETWEEN = " COMMAND ----------";
  private static final String MAGIC = " MAGIC ";

  Cells {
    cells = List.copyOf(cells);
  }

  static String comment(Language language) {
    return switch (language) {
      case PYTHON, R -> "#";
      case SCALA -> "//";
      case SQL -> "--";
    };
  }

  static String ending(Language language) {
    return switch (language) {
      case PYTHON -> "py";
      case R -> "r";
      case SCALA -> "scala";
      case SQL -> "sql";
    };
  }

  /** Whether source code says by itself that it is a notebook. */
  static boolean saysSo(Language language, String source) {
    String first = comment(language) + FIRST_LINE;
    return source.startsWith(first)
        && (source.length() == first.length()
            || source.charAt(first.length()) == '\n'
            || source.charAt(first.length()) == '\r');
  }

  static Cells ofSource(Language language, String source) {
    String text = source.replace("\r\n", "\n");
    if (saysSo(language, text)) {
      int end = text.indexOf('\n');
      text = end < 0 ? "" : text.substring(end + 1);
    }
    String between = comment(language) + BETWEEN;
    List<String> cells = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.stripTrailing().equals(between)) {
        cells.add(cell(language, lines));
        lines.clear();
      } else {
        lines.add(line);
      }
    }
    cells.add(cell(language, lines));
    return new Cells(language, cells);
  }

  private static String cell(Language language, List<String> lines) {
    String magic = comment(language) + MAGIC;
    List<String> plain =
        lines.stream()
            .map(line -> {
              if (line.startsWith(magic)) {
                return line.substring(magic.length());
              }
              return line.equals(magic.stripTrailing()) ? "" : line;
            })
            .toList();
    return String.join("\n", plain).strip();
  }

  String source() {
    String comment = comment(language);
    StringBuilder text = new StringBuilder(comment + FIRST_LINE + "\n");
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        text.append("\n").append(comment).append(BETWEEN).append("\n\n");
      }
      boolean magic = cells.get(i).startsWith("%");
      cells
          .get(i)
          .lines()
          .forEach(line ->
              text.append(magic ? (comment + MAGIC + line).stripTrailing() : line).append('\n'));
    }
    return text.toString();
  }

  static Language language(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "scala" -> Language.SCALA;
      case "sql" -> Language.SQL;
      case "r", "ir" -> Language.R;
      default -> Language.PYTHON;
    };
  }
}
