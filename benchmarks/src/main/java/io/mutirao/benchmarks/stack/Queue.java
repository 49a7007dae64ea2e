package io.mutirao.benchmarks.stack;

import io.mutirao.benchmarks.load.Accepted;
import io.mutirao.benchmarks.load.ClosedLoop;
import io.mutirao.benchmarks.load.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs that wait to be let in, for as long as this is open: of jobs that may have one run at a
 * time, which has failed and waits a day for its retry. So no worker has a hand in it.
 */
public final class Queue implements AutoCloseable {

  private static final int JOBS = 8;
  private static final int CALLERS = 64;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final JobsApi api;
  private final List<Long> jobs = new ArrayList<>();

  Queue(JobsApi api) throws IOException {
    this.api = api;
    try (var connection = new Connection(api.server())) {
      for (int i = 0; i < JOBS; i++) {
        long job = api.createWaiting(connection, "bench-queue-" + i);
        jobs.add(job);
        api.awaitRetry(connection, job);
      }
    }
  }

  /** Asks for so many more. */
  public Accepted fill(long runs) throws Exception {
    return new ClosedLoop(CALLERS, PATIENCE, runs).run(api.running(jobs));
  }

  /** Removes the jobs, which ends what waits. */
  @Override
  public void close() throws IOException {
    try (var connection = new Connection(api.server())) {
      for (long job : jobs) {
        api.delete(connection, job);
      }
    }
  }
}
