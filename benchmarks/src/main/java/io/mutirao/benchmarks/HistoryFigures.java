package io.mutirao.benchmarks;

import io.mutirao.benchmarks.load.Accepted;
import io.mutirao.benchmarks.load.Caller;
import io.mutirao.benchmarks.load.ClosedLoop;
import io.mutirao.benchmarks.stack.History;
import io.mutirao.benchmarks.stack.RunningStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Whether looking at runs takes longer the more of them there are. While they are looked at their
 * lane moves all the time, so that each is read from the database and none is remembered. Few and
 * many take turns: the machine is not as fast in one minute as in the next.
 */
record HistoryFigures(RunningStack stack, Plan plan, Report report) {

  private static final int CALLERS = 64;
  private static final int LOOKED_AT = 1_000;
  private static final int SHORT = 1_000;
  private static final Duration RUN_UP = Duration.ofSeconds(1);

  /** Answers a second, and how often the lane moved meanwhile. */
  private record Rate(double answers, long moves) {

    String words() {
      return "%s/s (%d other runs)".formatted(Figure.digits(answers), moves);
    }
  }

  private record Round(Rate get, Rate list) {}

  /**
   * Measures with a thousand runs and with {@code rows}, in turn.
   *
   * @param known a finished run, which the others are copies of
   */
  void measure(long known, long rows) throws Exception {
    List<Round> few = new ArrayList<>();
    List<Round> many = new ArrayList<>();
    for (int n = 0; n <= plan.rounds(); n++) {
      try (var history = stack.history(known)) {
        history.fill(SHORT);
        Round first = round(history);
        report.progress(words(n, SHORT, first));
        if (n > 0) { // what comes before is for the compilers
          few.add(first);
          history.fill(rows);
          many.add(round(history));
          report.progress(words(n, rows, many.getLast()));
        }
      }
    }
    publish(
        "get_run",
        few.stream().map(Round::get).toList(),
        many.stream().map(Round::get).toList(),
        rows);
    publish(
        "list_runs",
        few.stream().map(Round::list).toList(),
        many.stream().map(Round::list).toList(),
        rows);
  }

  private String words(int round, long rows, Round seen) {
    return "round %d of %d, %d finished runs: GET run %s, list %s"
        .formatted(round, plan.rounds(), rows, seen.get().words(), seen.list().words());
  }

  private void publish(String name, List<Rate> few, List<Rate> many, long rows) {
    double full = mean(many);
    double before = mean(few);
    String cond = "64 callers; with %d finished runs in the table".formatted(rows);
    report.figure(name + "_per_s_64_long", full, "1/s", cond);
    report.figure(
        name + "_long_to_short",
        full / before,
        "1",
        "%s: %s; divided by %s with %d: %s; in turn"
            .formatted(cond, words(many), Figure.digits(before), SHORT, words(few)));
  }

  private static double mean(List<Rate> rates) {
    return rates.stream().mapToDouble(Rate::answers).average().orElseThrow();
  }

  private static String words(List<Rate> rates) {
    return rates.stream().map(Rate::words).collect(Collectors.joining(", "));
  }

  private Round round(History history) throws Exception {
    long job = history.job();
    return new Round(
        rate(stack.looking(history.some(LOOKED_AT)), job), rate(stack.listing(job), job));
  }

  private Rate rate(Caller.Factory looks, long job) throws Exception {
    try (var mover = Executors.newSingleThreadExecutor()) {
      Future<Accepted> moved =
          mover.submit(() -> ClosedLoop.of(1, plan.get().plus(RUN_UP)).run(stack.running(job)));
      ClosedLoop.of(CALLERS, RUN_UP).run(looks);
      Accepted answers = ClosedLoop.of(CALLERS, plan.get()).run(looks);
      for (Accepted all : List.of(answers, moved.get())) {
        if (all.errors() > 0) {
          report.failure(all.errors() + " requests failed, first: " + all.firstError());
        }
      }
      return new Rate(answers.answersPerSecond(), moved.get().count());
    }
  }
}
