package io.mutirao.benchmarks;

import static java.util.stream.Collectors.joining;

import io.mutirao.benchmarks.floor.Floor;
import io.mutirao.benchmarks.load.Accepted;
import io.mutirao.benchmarks.load.ClosedLoop;
import io.mutirao.benchmarks.machine.CpuTimes;
import io.mutirao.benchmarks.machine.CpuTimes.Used;
import io.mutirao.benchmarks.machine.Machine;
import io.mutirao.benchmarks.stack.FinalStates;
import io.mutirao.benchmarks.stack.FinalStates.Ends;
import io.mutirao.benchmarks.stack.RunningStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Runs per second, cold and warm, beside the floor. */
final class ThroughputFigures {

  /**
   * One burst.
   *
   * @param rate runs a second, from the first request to the last final state
   */
  private record Burst(double rate, Accepted accepted, Used used) {}

  private static final int MANY = 64;
  private static final int WARM_UP_CALLERS = 256;
  private static final Duration FLOOR_RUN_UP = Duration.ofMillis(500);

  /** Of one processor; from here on a figure tells more of the strangers than of the stack. */
  private static final double MANY_OTHERS = 20;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RunningStack stack;
  private final FinalStates ends;
  private final Machine machine;
  private final Plan plan;
  private final Report report;
  private long[] latest = {};
  private long runsBefore;
  private Duration loadBefore = Duration.ZERO;

  ThroughputFigures(
      RunningStack stack, FinalStates ends, Machine machine, Plan plan, Report report) {
    this.stack = stack;
    this.ends = ends;
    this.machine = machine;
    this.plan = plan;
    this.report = report;
  }

  /** What went before a measurement, for its conditions. */
  String warmth() {
    return "after %d warm-up runs in %d s".formatted(runsBefore, loadBefore.toSeconds());
  }

  void cold() throws Exception {
    if (report.wants("runs_per_s_64_cold")) {
      long seen = ends.runs();
      long age = stack.age().toSeconds();
      report.progress("cold: " + plan.cold().toSeconds() + " s of load with 64 callers");
      Burst burst = burst("runs_per_s_64_cold", MANY, plan.cold());
      report.figure(
          "runs_per_s_64_cold",
          burst.rate(),
          "1/s",
          "first %d s of load, 64 callers; JVMs %d s old, %d runs before; %s; %s"
              .formatted(plan.cold().toSeconds(), age, seen, answers(burst), burst.used().words()));
    }
  }

  void warmUp() throws Exception {
    if (!report.wants(
        "runs_per_s_64",
        "runs_per_s_8",
        "get_run_per_s_64",
        "get_run_p99_ms_64",
        "ratio_get_64",
        "list_runs_per_s_64",
        "list_runs_p99_ms_64",
        "ratio_list_64",
        "start_latency_p50",
        "start_latency_p99",
        "ratio_64",
        "ratio_8",
        "cpu_us_per_run_64",
        "cpu_us_per_run_8")) {
      return;
    }
    warmUpForRuns();
  }

  void warmUpForRuns() throws Exception {
    report.progress(
        "warm-up: %d runs or %d s, %d callers"
            .formatted(plan.warmUpRuns(), plan.warmUpAtMost().toSeconds(), WARM_UP_CALLERS));
    var load = new ClosedLoop(WARM_UP_CALLERS, plan.warmUpAtMost(), plan.warmUpRuns());
    burst("warm-up", load);
  }

  /** Runs a second with 64 callers. */
  double rate(String name) throws Exception {
    List<Burst> bursts = new ArrayList<>();
    for (int round = 1; round <= plan.rounds(); round++) {
      bursts.add(burst(name, MANY, plan.burst()));
    }
    return median(bursts).rate();
  }

  /** Stack and floor in turn, so that both meet the same moods of the machine. */
  void withCallers(int callers) throws Exception {
    String ratio = "ratio_" + callers;
    boolean ours = report.wants("runs_per_s_" + callers, "cpu_us_per_run_" + callers, ratio);
    boolean bare = report.wants("floor_runs_per_s_" + callers, ratio);
    if (!ours && !bare) {
      return;
    }
    String warmth = warmth();
    List<Burst> bursts = new ArrayList<>();
    List<Burst> floorBursts = new ArrayList<>();
    for (int round = 1; round <= plan.rounds(); round++) {
      report.progress("%d callers, round %d of %d".formatted(callers, round, plan.rounds()));
      if (ours) {
        bursts.add(burst("runs_per_s_" + callers, callers, plan.burst()));
      }
      if (bare) {
        floorBursts.add(floorBurst("floor_runs_per_s_" + callers, callers, round == 1));
      }
    }
    if (ours) {
      publishStack(callers, bursts, warmth);
    }
    if (bare) {
      publishFloor(callers, floorBursts);
    }
    if (ours && bare) {
      double value = median(bursts).rate() / median(floorBursts).rate();
      report.figure(
          ratio, value, "1", "runs_per_s_%1$d / floor_runs_per_s_%1$d".formatted(callers));
    }
  }

  private void publishStack(int callers, List<Burst> bursts, String warmth) {
    Burst burst = median(bursts);
    report.figure(
        "runs_per_s_" + callers,
        burst.rate(),
        "1/s",
        "%s; %d callers on %d no-op jobs over REST; %s; %s; %s"
            .formatted(
                warmth,
                callers,
                stack.jobs(),
                rounds(bursts, plan.burst()),
                answers(burst),
                burst.used().words()));
    long runs = burst.accepted().count();
    report.figure(
        "cpu_us_per_run_" + callers,
        1e6 * burst.used().stackSeconds() / runs,
        "us",
        "%s; same burst as runs_per_s_%d; %s"
            .formatted(warmth, callers, burst.used().microsPer(runs)));
  }

  private void publishFloor(int callers, List<Burst> bursts) {
    Burst burst = median(bursts);
    report.figure(
        "floor_runs_per_s_" + callers,
        burst.rate(),
        "1/s",
        "%s; %d callers; %s; %s; %s"
            .formatted(
                Floor.WORDS,
                callers,
                rounds(bursts, plan.floorBurst()),
                answers(burst),
                burst.used().words()));
  }

  /** Finished runs: those of the latest burst. */
  long[] finished() throws Exception {
    return latest.length > 0 ? latest : burst("runs", MANY, plan.cold()).accepted().ids();
  }

  private Burst burst(String name, int callers, Duration time) throws Exception {
    return burst(name, ClosedLoop.of(callers, time));
  }

  private Burst burst(String name, ClosedLoop load) throws Exception {
    CpuTimes before = machine.cpu();
    Accepted accepted = load.run(stack.running());
    Ends end = ends.await(accepted.ids(), PATIENCE);
    Used used = machine.cpu().since(before);
    note(name, accepted);
    if (used.percentOfOthers() > MANY_OTHERS) {
      report.progress(
          "other programs took %.0f%% of a processor: measure again when it is quiet"
              .formatted(used.percentOfOthers()));
    }
    if (!end.allSucceeded()) {
      report.failure(name + ": not all runs succeeded: " + end);
    }
    latest = accepted.ids();
    runsBefore += accepted.count();
    loadBefore = loadBefore.plusNanos(end.atNanos() - accepted.firstSentNanos());
    double seconds = (end.atNanos() - accepted.firstSentNanos()) / 1e9;
    report.progress(
        String.format(
            Locale.ROOT, "%d runs, %.0f/s", accepted.count(), accepted.count() / seconds));
    return new Burst(accepted.count() / seconds, accepted, used);
  }

  private Burst floorBurst(String name, int callers, boolean first) throws Exception {
    try (var floor = new Floor(stack.kafkaBootstrap(), stack.databaseUrl())) {
      if (first) {
        floor.warmUp();
      }
      ClosedLoop.of(callers, FLOOR_RUN_UP).run(floor.callers());
      long rows = floor.rows();
      CpuTimes before = machine.cpu();
      Accepted accepted = ClosedLoop.of(callers, plan.floorBurst()).run(floor.callers());
      // Each caller waited for its event, which is told after the commit: all rows stand there.
      long counted = floor.rows() - rows;
      Used used = machine.cpu().since(before);
      note(name, accepted);
      if (counted != accepted.count()) {
        report.failure(name + ": " + accepted.count() + " answers but " + counted + " rows");
      }
      report.progress(String.format(Locale.ROOT, "floor: %.0f/s", accepted.answersPerSecond()));
      return new Burst(accepted.answersPerSecond(), accepted, used);
    }
  }

  private void note(String name, Accepted accepted) {
    if (accepted.errors() > 0 || accepted.count() == 0) {
      report.failure(
          "%s: %d requests failed, first: %s"
              .formatted(name, accepted.errors(), accepted.firstError()));
    }
  }

  private static Burst median(List<Burst> bursts) {
    return bursts.stream()
        .sorted(Comparator.comparingDouble(Burst::rate))
        .toList()
        .get(bursts.size() / 2);
  }

  private static String rounds(List<Burst> bursts, Duration time) {
    return "median of rounds of %d s: %s"
        .formatted(
            time.toSeconds(),
            bursts.stream().map(b -> Figure.digits(b.rate())).collect(joining(", ")));
  }

  private static String answers(Burst burst) {
    return burst.accepted().answerTimes() + "; errors=" + burst.accepted().errors();
  }
}
