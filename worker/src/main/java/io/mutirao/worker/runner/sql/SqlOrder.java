package io.mutirao.worker.runner.sql;

import java.util.Map;

/**
 * What the program of a SQL task is to do; handed over in a file that only its user can read, and
 * that it removes first.
 *
 * @param kept how many bytes of what it prints are kept
 */
record SqlOrder(
    String url,
    String user,
    String password,
    String text,
    Map<String, String> parameters,
    int kept) {

  static final String FILE = ".sql-order.json";

  /** Where the program writes what came of it. */
  static final String RESULT = ".sql-result.json";
}
