package io.mutirao.benchmarks;

import io.mutirao.benchmarks.load.Accepted;
import io.mutirao.benchmarks.load.ClosedLoop;
import io.mutirao.benchmarks.machine.Machine;
import io.mutirao.benchmarks.stack.FinalStates;
import io.mutirao.benchmarks.stack.FinalStates.Ends;
import io.mutirao.benchmarks.stack.RunningStack;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The main class behind {@code ./mutirao bench}: figures to stdout, progress to stderr. */
public final class Bench {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final Duration FIRST_RUN = Duration.ofSeconds(30);

  /** Ends with 0; with 1 when something was not as it must be; with 2 when misused. */
  public static void main(String[] args) throws Exception {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) throws Exception {
    BenchOptions options;
    try {
      options = BenchOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "\nusage: " + BenchOptions.USAGE);
      return MISUSED;
    }
    try (var stack = RunningStack.in(options.data());
        var ends = new FinalStates(stack.databaseUrl())) {
      var report = new Report(options.only());
      stack.createJobs();
      if (options.rows() > 0) {
        history(stack, ends, options, report);
      } else {
        measure(stack, ends, options.plan(), report);
      }
      return report.failed() ? FAILED : 0;
    } catch (IOException e) {
      System.err.println("bench: " + e.getMessage());
      return FAILED;
    }
  }

  private static void measure(RunningStack stack, FinalStates ends, Plan plan, Report report)
      throws Exception {
    var machine = new Machine(stack.state());
    var rest = new RestFigures(stack, machine, plan, report);
    var throughput = new ThroughputFigures(stack, ends, machine, plan, report);
    rest.starts();
    rest.memory("_before", "before this benchmark's load");
    firstRun(stack, ends);
    throughput.cold();
    throughput.warmUp();
    throughput.withCallers(64);
    throughput.withCallers(8);
    var queries = new QueryFigures(stack, machine, plan, report);
    if (queries.wanted()) {
      queries.measure(throughput.finished(), throughput.warmth());
    }
    new LatencyFigures(stack, machine, plan, report, throughput.warmth()).measure();
    rest.idle();
    rest.memory("", "at rest after this benchmark's load");
    rest.restarts();
  }

  /** The figures of a long history, and no others: they fill the database. */
  private static void history(
      RunningStack stack, FinalStates ends, BenchOptions options, Report report) throws Exception {
    long known = firstRun(stack, ends);
    if (options.queued() == 0) {
      new HistoryFigures(stack, options.plan(), report).measure(known, options.rows());
      return;
    }
    var machine = new Machine(stack.state());
    Plan plan = options.plan();
    new CrowdFigures(
            stack,
            ends,
            new ThroughputFigures(stack, ends, machine, plan, report),
            new LatencyFigures(stack, machine, plan, report, ""),
            report)
        .measure(known, options.rows(), options.queued());
  }

  /** Shows at once whether the stack carries out what the benchmark asks for. */
  private static long firstRun(RunningStack stack, FinalStates ends) throws Exception {
    Accepted one = new ClosedLoop(1, FIRST_RUN, 1).run(stack.running());
    Ends end = ends.await(one.ids(), FIRST_RUN);
    if (one.count() != 1 || !end.allSucceeded()) {
      throw new IOException(
          "a first run did not succeed (%s %s). Is the no-op task kind on? Start the stack with"
                  .formatted(one.firstError(), end)
              + " MUTIRAO_WORKER_NOOP=true in the environment.");
    }
    return one.ids()[0];
  }

  private Bench() {}
}
