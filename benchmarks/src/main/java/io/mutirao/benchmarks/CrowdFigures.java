package io.mutirao.benchmarks;

import io.mutirao.benchmarks.load.Accepted;
import io.mutirao.benchmarks.stack.FinalStates;
import io.mutirao.benchmarks.stack.RunningStack;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Whether runs take longer the more of them there are: some that are over, some that wait. */
record CrowdFigures(
    RunningStack stack,
    FinalStates ends,
    ThroughputFigures throughput,
    LatencyFigures latency,
    Report report) {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Runs a second, and the milliseconds from the request to the start of ten a second. */
  private record Seen(double rate, double p50, double p99) {}

  /**
   * Measures before they come, with them, and when they are gone.
   *
   * @param known a finished run, which the finished ones are copies of
   */
  void measure(long known, long finished, long waiting) throws Exception {
    throughput.warmUpForRuns();
    Seen before = look("alone");
    Seen full;
    try (var history = stack.history(known);
        var queue = stack.queue()) {
      report.progress("making " + waiting + " runs that wait");
      Accepted queued = queue.fill(waiting);
      if (queued.errors() > 0) {
        report.failure(queued.errors() + " requests failed, first: " + queued.firstError());
      }
      report.progress("making " + finished + " finished runs");
      history.fill(finished);
      full = look("with %d finished runs and %d that wait".formatted(finished, waiting));
    }
    ends.awaitAll(PATIENCE);
    Seen after = look("alone again");
    String words = "with %d finished runs and %d that wait".formatted(finished, waiting);
    publish("runs_per_s_64", "1/s", words, full.rate, before.rate, after.rate);
    publish("start_latency_p50", "ms", words, full.p50, before.p50, after.p50);
    publish("start_latency_p99", "ms", words, full.p99, before.p99, after.p99);
  }

  private Seen look(String words) throws Exception {
    double rate = throughput.rate("runs_per_s_64");
    Histogram latencies = latency.times();
    var seen =
        new Seen(
            rate,
            latencies.getValueAtPercentile(50) / 1e3,
            latencies.getValueAtPercentile(99) / 1e3);
    report.progress(words + ": " + seen);
    return seen;
  }

  /** The mean of before and after: a stack that still gets faster does so in both halves. */
  private void publish(
      String name, String unit, String words, double full, double before, double after) {
    report.figure(name + "_crowded", full, unit, words);
    report.figure(
        name + "_crowded_to_alone",
        full / ((before + after) / 2),
        "1",
        "%s, divided by the mean of before and after without, %s and %s"
            .formatted(words, Figure.digits(before), Figure.digits(after)));
  }
}
