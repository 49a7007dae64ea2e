package io.mutirao.worker.library;

import io.mutirao.runner.Plan;

/** A library cannot be installed. The message is for the task's user: which one, and why. */
public final class NotInstalled extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int LAST_LINES = 3;

  public NotInstalled(String message) {
    super(message);
  }

  /** What a tool says in the end is mostly why. */
  static NotInstalled saying(String what, String lastLines) {
    var lines = lastLines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    var errors = lines.stream().filter(line -> line.startsWith("ERROR")).toList();
    var told = errors.isEmpty() ? lines : errors;
    return new NotInstalled(
        what
            + ": "
            + String.join(" | ", told.subList(Math.max(0, told.size() - LAST_LINES), told.size())));
  }

  /** The end of the attempt. */
  public Plan.Rejected rejection() {
    return new Plan.Rejected(String.valueOf(getMessage()), Plan.Why.LIBRARY);
  }
}
