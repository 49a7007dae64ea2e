package io.mutirao.benchmarks.machine;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * CPU seconds at one moment.
 *
 * @param byProcess of the processes that concern us
 * @param machine of everything that runs here
 */
public record CpuTimes(long atNanos, Map<String, Double> byProcess, double machine) {

  /** What was used between two moments. */
  public record Used(double wallSeconds, Map<String, Double> byProcess, double machine) {

    /** Of one processor. */
    public double percent(String process) {
      return 100 * byProcess.getOrDefault(process, 0.0) / wallSeconds;
    }

    /** Of one processor, by whatever is neither the stack nor the benchmark. */
    public double percentOfOthers() {
      return Math.max(0, 100 * (machine - ours()) / wallSeconds);
    }

    /** The stack with its broker, database and launcher; not the benchmark. */
    public double stackSeconds() {
      return ours() - byProcess.getOrDefault("bench", 0.0);
    }

    private double ours() {
      return byProcess.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Who took how much of each of {@code count} things, in microseconds. */
    public String microsPer(long count) {
      return byProcess.entrySet().stream()
          .map(e -> String.format(Locale.ROOT, "%s %.0f", e.getKey(), 1e6 * e.getValue() / count))
          .collect(Collectors.joining(", "));
    }

    /** For the conditions of a figure: percent of one processor. */
    public String words() {
      return String.format(
          Locale.ROOT,
          "CPU: stack %.0f%%, bench %.0f%%, others %.0f%%",
          100 * stackSeconds() / wallSeconds,
          percent("bench"),
          percentOfOthers());
    }
  }

  public Used since(CpuTimes earlier) {
    var used = new LinkedHashMap<String, Double>();
    byProcess.forEach((name, seconds) ->
        used.put(name, Math.max(0, seconds - earlier.byProcess.getOrDefault(name, seconds))));
    return new Used((atNanos - earlier.atNanos) / 1e9, used, machine - earlier.machine);
  }
}
