package io.mutirao.benchmarks;

import io.mutirao.benchmarks.floor.EmptyEndpoint;
import io.mutirao.benchmarks.load.Accepted;
import io.mutirao.benchmarks.load.Caller;
import io.mutirao.benchmarks.load.ClosedLoop;
import io.mutirao.benchmarks.machine.CpuTimes;
import io.mutirao.benchmarks.machine.Machine;
import io.mutirao.benchmarks.stack.RunningStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks at runs and lists of them, beside an endpoint that does nothing. */
record QueryFigures(RunningStack stack, Machine machine, Plan plan, Report report) {

  private static final int CALLERS = 64;

  /** As many as may be waited for at a time; the first look at each is the compilers'. */
  private static final int LOOKED_AT = 1_000;

  /** The compilers take their time on two busy cores. */
  private static final int WARM_UPS = 3;

  private static final String GET = "get_run";
  private static final String LIST = "list_runs";
  private static final String FLOOR = "floor_get";

  /** What one round gave. */
  private record Round(Accepted answers, String cpu) {

    double rate() {
      return answers.answersPerSecond();
    }

    double p99() {
      return answers.answers().getValueAtPercentile(99) / 1e3;
    }
  }

  /** One round of each. */
  private record Turn(Round floor, Round get, Round list) {}

  /** Whether any of it is wanted, so that there must be runs to look at. */
  boolean wanted() {
    return wants(GET) || wants(LIST) || wants(FLOOR);
  }

  private boolean wants(String what) {
    String ratio = what.equals(LIST) ? "ratio_list_64" : "ratio_get_64";
    return report.wants(what + "_per_s_64", what + "_p99_ms_64", ratio)
        || (what.equals(FLOOR) && report.wants("ratio_list_64"));
  }

  /** All in turn, so that each meets the same moods of the machine. */
  void measure(long[] finished, String warmth) throws Exception {
    long[] runs = Arrays.copyOf(finished, Math.min(finished.length, LOOKED_AT));
    List<Turn> warmUp;
    List<Turn> turns;
    try (var empty = EmptyEndpoint.start()) {
      warmUp = turns(WARM_UPS, "warm-up round", empty, runs);
      turns = turns(plan.rounds(), "round", empty, runs);
    }
    Round floor = publish(FLOOR, Turn::floor, warmUp, turns, EmptyEndpoint.WORDS);
    Round get =
        publish(
            GET,
            Turn::get,
            warmUp,
            turns,
            "%s; %d finished runs in turn".formatted(warmth, runs.length));
    Round list =
        publish(
            LIST,
            Turn::list,
            warmUp,
            turns,
            "%s; the latest 20 runs of each of %d jobs".formatted(warmth, stack.jobs()));
    report.figure(
        "ratio_get_64", get.rate() / floor.rate(), "1", "get_run_per_s_64 / floor_get_per_s_64");
    report.figure(
        "ratio_list_64",
        list.rate() / floor.rate(),
        "1",
        "list_runs_per_s_64 / floor_get_per_s_64; an answer has 20 runs, the floor's has none");
  }

  private List<Turn> turns(int count, String what, EmptyEndpoint empty, long[] runs)
      throws Exception {
    List<Turn> turns = new ArrayList<>();
    for (int n = 1; n <= count; n++) {
      report.progress("GET, 64 callers, %s %d of %d".formatted(what, n, count));
      turns.add(turn(empty, runs));
    }
    return turns;
  }

  private Turn turn(EmptyEndpoint empty, long[] runs) throws Exception {
    return new Turn(
        round(FLOOR, empty.callers()),
        round(GET, stack.looking(runs)),
        round(LIST, stack.listing()));
  }

  private Round round(String name, Caller.Factory callers) throws Exception {
    ClosedLoop.of(CALLERS, Duration.ofMillis(500)).run(callers);
    CpuTimes before = machine.cpu();
    Accepted answers = ClosedLoop.of(CALLERS, plan.get()).run(callers);
    if (answers.errors() > 0 || answers.count() == 0) {
      report.failure(
          "%s: %d requests failed, first: %s"
              .formatted(name, answers.errors(), answers.firstError()));
    }
    return new Round(answers, machine.cpu().since(before).words());
  }

  private Round publish(
      String name, Function<Turn, Round> which, List<Turn> warmUp, List<Turn> turns, String what) {
    List<Round> rounds = turns.stream().map(which).toList();
    Round median =
        rounds.stream()
            .sorted(Comparator.comparingDouble(Round::rate))
            .toList()
            .get(rounds.size() / 2);
    String cond =
        "%s; 64 callers; median of rounds of %d s: %s; for the compilers before them: %s; %s; %s"
            .formatted(
                what,
                plan.get().toSeconds(),
                rates(rounds),
                rates(warmUp.stream().map(which).toList()),
                median.answers().answerTimes(),
                median.cpu());
    report.figure(name + "_per_s_64", median.rate(), "1/s", cond);
    report.figure(name + "_p99_ms_64", median.p99(), "ms", "the same");
    return median;
  }

  private static String rates(List<Round> rounds) {
    return rounds.stream()
        .map(round -> Figure.digits(round.rate()))
        .collect(Collectors.joining(", "));
  }
}
