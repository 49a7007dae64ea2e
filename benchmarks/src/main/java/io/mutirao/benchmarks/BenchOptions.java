package io.mutirao.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The command line.
 *
 * @param data folder of the running stack
 * @param only names of the figures that are wanted; empty: all
 * @param rows how many finished runs to make for the figures of a long history; 0: none of those
 * @param queued how many waiting runs to make beside them, to see what becomes of new ones; 0: none
 */
record BenchOptions(Path data, Plan plan, Set<String> only, long rows, long queued) {

  static final String USAGE =
      "--data DIR [--quick] [--only NAME,…] [--warmup-runs N] [--rows N [--queued N]]";

  /** What was asked for, or an {@link IllegalArgumentException} that says what is wrong. */
  static BenchOptions parse(List<String> args) {
    Path data = Path.of(".mutirao");
    boolean quick = false;
    long warmUp = -1;
    long rows = 0;
    long queued = 0;
    Set<String> only = Set.of();
    var rest = args.iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      if (name.equals("--quick")) {
        quick = true;
        continue;
      }
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(name + ": not known, or without a value");
      }
      String value = rest.next();
      switch (name) {
        case "--data" -> data = Path.of(value);
        case "--only" -> only = Set.of(value.split(",", -1));
        case "--queued" -> queued = Long.parseLong(value);
        case "--rows" -> rows = Long.parseLong(value);
        case "--warmup-runs" -> warmUp = Long.parseLong(value);
        default -> throw new IllegalArgumentException(name + ": not known");
      }
    }
    Plan plan = quick ? Plan.quick() : Plan.full();
    return new BenchOptions(
        data.toAbsolutePath().normalize(),
        warmUp < 0 ? plan : plan.withWarmUp(warmUp),
        only,
        rows,
        queued);
  }
}
