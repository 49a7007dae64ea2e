package io.mutirao.benchmarks;

import java.util.Locale;

/**
 * One measured number. Names and line format are a contract with whoever reads them.
 *
 * @param cond under which conditions it was measured, for a person
 */
record Figure(String name, double value, String unit, String cond) {

  String line() {
    return "BENCH figure=%s value=%s unit=%s cond=\"%s\""
        .formatted(name, digits(value), unit, cond.replaceAll("[\\r\\n]+", " ").replace('"', '\''));
  }

  /** Three or four significant digits, never an exponent. */
  static String digits(double value) {
    double size = Math.abs(value);
    String format = size >= 1_000 ? "%.0f" : size >= 100 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
