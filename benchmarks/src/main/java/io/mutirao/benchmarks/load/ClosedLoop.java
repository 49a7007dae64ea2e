package io.mutirao.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;

/** Some callers, each of which waits for its answer before it asks again. */
public record ClosedLoop(int callers, Duration time, long atMost) {

  private static final long PAUSE_AFTER_ERROR_NANOS = 20_000_000;

  public static ClosedLoop of(int callers, Duration time) {
    return new ClosedLoop(callers, time, Long.MAX_VALUE);
  }

  public Accepted run(Caller.Factory factory) throws Exception {
    List<Caller> ready = new ArrayList<>();
    try {
      for (int n = 0; n < callers; n++) {
        ready.add(factory.open(n));
      }
      return run(ready);
    } finally {
      for (Caller caller : ready) {
        caller.close();
      }
    }
  }

  private Accepted run(List<Caller> ready) throws InterruptedException, ExecutionException {
    var left = new AtomicLong(atMost);
    // Platform threads: a blocking read wakes exactly one thread, without a poller in between.
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Future<Accepted>> all = new ArrayList<>();
      for (Caller caller : ready) {
        all.add(threads.submit(() -> one(caller, left)));
      }
      List<Accepted> parts = new ArrayList<>();
      for (Future<Accepted> part : all) {
        parts.add(part.get());
      }
      return sum(parts);
    }
  }

  private Accepted one(Caller caller, AtomicLong left) {
    long[] ids = new long[1024];
    int count = 0;
    long errors = 0;
    String firstError = "";
    var answers = new Histogram(3);
    long first = System.nanoTime();
    long end = first + time.toNanos();
    long now = first;
    while (now < end && left.getAndDecrement() > 0) {
      try {
        long id = caller.call();
        long answered = System.nanoTime();
        answers.recordValue((answered - now) / 1_000);
        ids = count == ids.length ? Arrays.copyOf(ids, 2 * count) : ids;
        ids[count++] = id;
        now = answered;
      } catch (Exception e) {
        firstError = errors++ == 0 ? e.toString() : firstError;
        LockSupport.parkNanos(PAUSE_AFTER_ERROR_NANOS);
        now = System.nanoTime();
      }
    }
    return new Accepted(Arrays.copyOf(ids, count), first, now, answers, errors, firstError);
  }

  private static Accepted sum(List<Accepted> parts) {
    var answers = new Histogram(3);
    var ids = LongStream.builder();
    for (Accepted part : parts) {
      answers.add(part.answers());
      Arrays.stream(part.ids()).forEach(ids::add);
    }
    return new Accepted(
        ids.build().toArray(),
        parts.stream().mapToLong(Accepted::firstSentNanos).min().orElseThrow(),
        parts.stream().mapToLong(Accepted::lastAnswerNanos).max().orElseThrow(),
        answers,
        parts.stream().mapToLong(Accepted::errors).sum(),
        parts.stream().map(Accepted::firstError).filter(e -> !e.isEmpty()).findFirst().orElse(""));
  }
}
