package io.mutirao.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Figures go to stdout, one line each; all else to stderr. */
final class Report {

  private final Set<String> only;
  private final List<String> failures = new ArrayList<>();

  /**
   * A report.
   *
   * @param only names of the figures that are wanted; empty: all
   */
  Report(Set<String> only) {
    this.only = only;
  }

  /** Whether any of these figures is wanted. */
  boolean wants(String... names) {
    return only.isEmpty() || List.of(names).stream().anyMatch(only::contains);
  }

  void figure(String name, double value, String unit, String cond) {
    if (wants(name)) {
      System.out.println(new Figure(name, value, unit, cond).line());
    }
  }

  void progress(String words) {
    System.err.println("bench: " + words);
  }

  /** Something was not as it must be: the figures still come, but the program ends with 1. */
  void failure(String words) {
    failures.add(words);
    System.err.println("bench: WRONG: " + words);
  }

  boolean failed() {
    return !failures.isEmpty();
  }
}
