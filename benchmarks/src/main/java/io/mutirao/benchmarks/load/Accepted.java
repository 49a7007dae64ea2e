package io.mutirao.benchmarks.load;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a load came to.
 *
 * @param ids what was accepted, in no order
 * @param firstSentNanos {@link System#nanoTime} just before the first request
 * @param lastAnswerNanos just after the last answer
 * @param answers from request to answer, in microseconds
 * @param firstError what the first error said; empty without errors
 */
public record Accepted(
    long[] ids,
    long firstSentNanos,
    long lastAnswerNanos,
    Histogram answers,
    long errors,
    String firstError) {

  public int count() {
    return ids.length;
  }

  public double answersPerSecond() {
    return ids.length / ((lastAnswerNanos - firstSentNanos) / 1e9);
  }

  public String answerTimes() {
    return String.format(
        Locale.ROOT,
        "answer p50 %.1f p99 %.1f ms",
        answers.getValueAtPercentile(50) / 1e3,
        answers.getValueAtPercentile(99) / 1e3);
  }
}
