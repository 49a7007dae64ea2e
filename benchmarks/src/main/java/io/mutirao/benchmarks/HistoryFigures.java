package io.mutirao.benchmarks;

import io.mutirao.benchmarks.load.Accepted;
import io.mutirao.benchmarks.load.Caller;
import io.mutirao.benchmarks.load.ClosedLoop;
import io.mutirao.benchmarks.stack.History;
import io.mutirao.benchmarks.stack.RunningStack;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Whether looking at runs takes longer the more of them there are. While they are looked at their
 * lane moves all the time, so that each is read from the database and none is remembered.
 */
record HistoryFigures(RunningStack stack, Plan plan, Report report) {

  private static final int CALLERS = 64;
  private static final int LOOKED_AT = 1_000;
  private static final int SHORT = 1_000;
  private static final Duration RUN_UP = Duration.ofSeconds(1);

  /** Answers a second. */
  private record Rates(double get, double list) {}

  /**
   * Measures with a thousand runs, with {@code rows}, and with a thousand again.
   *
   * @param known a finished run, which the others are copies of
   */
  void measure(long known, long rows) throws Exception {
    Rates before;
    Rates full;
    try (var history = stack.history(known)) {
      history.fill(SHORT);
      rates(history, "warm-up");
      before = rates(history, SHORT + " runs");
      report.progress("making " + rows + " runs");
      history.fill(rows);
      full = rates(history, rows + " runs");
    }
    Rates after;
    try (var history = stack.history(known)) {
      history.fill(SHORT);
      after = rates(history, SHORT + " runs again");
    }
    publish("get_run", before.get(), full.get(), after.get(), rows);
    publish("list_runs", before.list(), full.list(), after.list(), rows);
  }

  private void publish(String name, double before, double full, double after, long rows) {
    String cond = "64 callers; with %d finished runs in the table".formatted(rows);
    report.figure(name + "_per_s_64_long", full, "1/s", cond);
    report.figure(
        name + "_long_to_short",
        full / Math.max(before, after),
        "1",
        "%s, divided by the better of %s before and %s after with %d"
            .formatted(cond, Figure.digits(before), Figure.digits(after), SHORT));
  }

  private Rates rates(History history, String words) throws Exception {
    double get = rate(stack.looking(history.some(LOOKED_AT)), history.job());
    double list = rate(stack.listing(history.job()), history.job());
    report.progress(
        "%s: GET run %s/s, list %s/s".formatted(words, Figure.digits(get), Figure.digits(list)));
    return new Rates(get, list);
  }

  private double rate(Caller.Factory callers, long job) throws Exception {
    try (var mover = Executors.newSingleThreadExecutor()) {
      Future<Accepted> moved =
          mover.submit(() -> ClosedLoop.of(1, plan.get().plus(RUN_UP)).run(stack.running(job)));
      ClosedLoop.of(CALLERS, RUN_UP).run(callers);
      Accepted answers = ClosedLoop.of(CALLERS, plan.get()).run(callers);
      for (Accepted all : List.of(answers, moved.get())) {
        if (all.errors() > 0) {
          report.failure(all.errors() + " requests failed, first: " + all.firstError());
        }
      }
      return answers.answersPerSecond();
    }
  }
}
