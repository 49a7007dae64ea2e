package io.mutirao.notifier.channel;

import io.mutirao.contracts.run.Result;
import io.mutirao.notifier.notice.Notice;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a notice says, for people. */
final class Words {

  private static final int MAX_NAME = 120;
  private static final int MAX_VALUE = 1_000;
  private static final int MAX_LINE = 500;

  /** One line: the job, the result, the run. Whatever somebody typed cannot end it. */
  static String headline(Notice notice) {
    String job = brief(oneLine(notice.jobName()), MAX_NAME);
    String run = notice.run() == null ? "" : " (run " + notice.run() + ")";
    String task = notice.task() == null ? "" : ", task " + brief(oneLine(notice.task()), MAX_NAME);
    return job + task + " " + what(notice) + run;
  }

  static String what(Notice notice) {
    return switch (notice.what()) {
      case START -> "started";
      case SUCCESS ->
          notice.result() == Result.SUCCEEDED_WITH_FAILURES
              ? "succeeded with failures"
              : "succeeded";
      case FAILURE -> failure(notice);
      case SLOW -> "takes longer than " + notice.afterSeconds() + " s";
      case DELETED -> "was deleted";
    };
  }

  private static String failure(Notice notice) {
    return switch (notice.result()) {
      case TIMED_OUT -> "timed out";
      case CANCELED -> "was canceled";
      case SKIPPED -> "was skipped";
      case null, default -> "failed";
    };
  }

  /** What there is to say, by name, in order. */
  static Map<String, String> details(Notice notice, URI base) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("Job", oneLine(notice.jobName()) + " (" + notice.job() + ")");
    if (notice.task() != null) {
      details.put("Task", oneLine(notice.task()));
    }
    if (notice.run() != null) {
      details.put(
          "Run", notice.run() + (notice.repair() == 0 ? "" : ", repair " + notice.repair()));
      details.put("Page", page(notice, base));
    }
    details.put("Result", what(notice));
    if (!notice.message().isBlank()) {
      details.put("Message", firstLine(notice.message()));
    }
    if (notice.run() != null) {
      // From 0, as attempt_number is.
      details.put("Attempt", String.valueOf(notice.attempt()));
    }
    if (notice.startedAt() != null) {
      details.put("Started", notice.startedAt().toString());
      if (notice.result() != null) {
        details.put("Duration", duration(Duration.between(notice.startedAt(), notice.at())));
      }
    }
    details.put(notice.run() == null ? "Deleted by" : "Asked for by", oneLine(notice.by()));
    new TreeMap<>(notice.jobParameters())
        .forEach((name, value) ->
            details.put("Parameter " + oneLine(name), brief(oneLine(value), MAX_VALUE)));
    new TreeMap<>(notice.parameters())
        .forEach((kind, value) ->
            details.put(
                "Parameters of " + kind + " tasks", brief(oneLine(value.toString()), MAX_VALUE)));
    return details;
  }

  /** The run's page; of a deleted job there is none, but the installation's. */
  static String page(Notice notice, URI base) {
    String root = base.toString().replaceFirst("/+$", "");
    return notice.run() == null
        ? root
        : root + "/?o=0#job/" + notice.job() + "/run/" + notice.run();
  }

  private static String duration(Duration time) {
    long millis = Math.max(0, time.toMillis());
    if (millis < 60_000) {
      return millis / 1000 + "." + millis % 1000 / 100 + " s";
    }
    return millis / 60_000 + " min " + millis % 60_000 / 1000 + " s";
  }

  static String firstLine(String text) {
    return brief(oneLine(text.strip().lines().findFirst().orElse("")), MAX_LINE);
  }

  /** Without anything that ends a line or a header, or is not seen. */
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+", " ").strip();
  }

  /** Not cut within a character of two halves. */
  static String brief(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  private Words() {}
}
