package io.mutirao.worker.runner.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement with question marks where parameters stand.
 *
 * @param names of the parameters, one for each question mark
 */
record SqlText(String sql, List<String> names) {

  /**
   * The statements of a text. {@code :name} is a parameter, but not in quotes, in comments or after
   * another colon.
   */
  static List<SqlText> statements(String text) {
    List<SqlText> all = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    List<String> names = new ArrayList<>();
    boolean says = false;
    int i = 0;
    while (i < text.length()) {
      int end = quoted(text, i);
      char c = text.charAt(i);
      if (end > i) {
        sql.append(text, i, end);
        says |= !text.startsWith("--", i) && !text.startsWith("/*", i);
        i = end;
      } else if (c == ';') {
        add(all, says, sql, names);
        sql = new StringBuilder();
        names = new ArrayList<>();
        says = false;
        i++;
      } else if (text.startsWith("::", i)) {
        sql.append("::");
        i += 2;
      } else if (c == ':' && i + 1 < text.length() && startsName(text.charAt(i + 1))) {
        int after = i + 1;
        while (after < text.length() && isOfName(text.charAt(after))) {
          after++;
        }
        names.add(text.substring(i + 1, after));
        sql.append('?');
        i = after;
      } else {
        // For JDBC a question mark of the text itself is written twice.
        sql.append(c == '?' ? "??" : String.valueOf(c));
        says |= !Character.isWhitespace(c);
        i++;
      }
    }
    add(all, says, sql, names);
    return all;
  }

  private static void add(List<SqlText> to, boolean says, StringBuilder sql, List<String> names) {
    if (says) {
      to.add(new SqlText(sql.toString().strip(), List.copyOf(names)));
    }
  }

  /** Where a literal, a quoted name or a comment ends that begins there; else there. */
  private static int quoted(String text, int from) {
    char c = text.charAt(from);
    if (text.startsWith("--", from)) {
      int line = text.indexOf('\n', from);
      return line < 0 ? text.length() : line;
    }
    if (text.startsWith("/*", from)) {
      return after(text, "*/", from + 2);
    }
    if (c == '\'' || c == '"') {
      return after(text, String.valueOf(c), from + 1);
    }
    if (c == '$') {
      int tag = from + 1;
      while (tag < text.length() && isOfName(text.charAt(tag))) {
        tag++;
      }
      if (tag < text.length() && text.charAt(tag) == '$') {
        return after(text, text.substring(from, tag + 1), tag + 1);
      }
    }
    return from;
  }

  private static int after(String text, String end, int from) {
    int at = text.indexOf(end, from);
    return at < 0 ? text.length() : at + end.length();
  }

  private static boolean startsName(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
