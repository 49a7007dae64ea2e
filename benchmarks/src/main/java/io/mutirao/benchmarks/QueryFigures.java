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

/** Looks at runs and lists of them, beside an endpoint that does nothing. */
record QueryFigures(RunningStack stack, Machine machine, Plan plan, Report report) {

  private static final int CALLERS = 64;

  /** As many as may be waited for at a time; the first look at each is the compilers'. */
  private static final int LOOKED_AT = 1_000;

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
    List<Round> floors = new ArrayList<>();
    List<Round> gets = new ArrayList<>();
    List<Round> lists = new ArrayList<>();
    try (var empty = EmptyEndpoint.start()) {
      for (int round = 0; round <= plan.rounds(); round++) {
        // The first one is for the compilers, which take their time on two busy cores.
        Duration time = round == 0 ? plan.get().multipliedBy(2) : plan.get();
        report.progress("GET, 64 callers, round %d of %d".formatted(round, plan.rounds()));
        floors.add(round(FLOOR, empty.callers(), time));
        gets.add(round(GET, stack.looking(runs), time));
        lists.add(round(LIST, stack.listing(), time));
      }
    }
    Round floor = publish(FLOOR, floors, EmptyEndpoint.WORDS);
    Round get = publish(GET, gets, "%s; %d finished runs in turn".formatted(warmth, runs.length));
    Round list =
        publish(
            LIST,
            lists,
            "%s; the latest 20 runs of each of %d jobs".formatted(warmth, stack.jobs()));
    report.figure(
        "ratio_get_64", get.rate() / floor.rate(), "1", "get_run_per_s_64 / floor_get_per_s_64");
    report.figure(
        "ratio_list_64",
        list.rate() / floor.rate(),
        "1",
        "list_runs_per_s_64 / floor_get_per_s_64; an answer has 20 runs, the floor's has none");
  }

  private Round round(String name, Caller.Factory callers, Duration time) throws Exception {
    ClosedLoop.of(CALLERS, Duration.ofMillis(500)).run(callers);
    CpuTimes before = machine.cpu();
    Accepted answers = ClosedLoop.of(CALLERS, time).run(callers);
    if (answers.errors() > 0 || answers.count() == 0) {
      report.failure(
          "%s: %d requests failed, first: %s"
              .formatted(name, answers.errors(), answers.firstError()));
    }
    return new Round(answers, machine.cpu().since(before).words());
  }

  private Round publish(String name, List<Round> all, String what) {
    List<Round> counted = all.subList(1, all.size());
    Round median =
        counted.stream()
            .sorted(Comparator.comparingDouble(Round::rate))
            .toList()
            .get(counted.size() / 2);
    String rounds =
        String.join(", ", counted.stream().map(round -> Figure.digits(round.rate())).toList());
    String cond =
        "%s; 64 callers; median of rounds of %d s: %s; before them %s in one twice as long for the compilers; %s; %s"
            .formatted(
                what,
                plan.get().toSeconds(),
                rounds,
                Figure.digits(all.getFirst().rate()),
                median.answers().answerTimes(),
                median.cpu());
    report.figure(name + "_per_s_64", median.rate(), "1/s", cond);
    report.figure(name + "_p99_ms_64", median.p99(), "ms", "the same");
    return median;
  }
}
