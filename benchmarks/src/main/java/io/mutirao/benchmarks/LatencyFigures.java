package io.mutirao.benchmarks;

import io.mutirao.benchmarks.floor.Floor;
import io.mutirao.benchmarks.load.Caller;
import io.mutirao.benchmarks.load.OpenLoop;
import io.mutirao.benchmarks.machine.CpuTimes;
import io.mutirao.benchmarks.machine.CpuTimes.Used;
import io.mutirao.benchmarks.machine.Machine;
import io.mutirao.benchmarks.stack.RunningStack;
import io.mutirao.benchmarks.stack.StartTimes;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/** From when a request was due to the first line of its task, at ten runs a second. */
final class LatencyFigures {

  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RunningStack stack;
  private final Machine machine;
  private final Plan plan;
  private final Report report;
  private final String warmth;

  LatencyFigures(RunningStack stack, Machine machine, Plan plan, Report report, String warmth) {
    this.stack = stack;
    this.machine = machine;
    this.plan = plan;
    this.report = report;
    this.warmth = warmth;
  }

  void measure() throws Exception {
    if (report.wants("start_latency_p50", "start_latency_p99")) {
      report.progress("start latency at 10 runs/s, " + plan.samples() + " runs");
      ofStack();
    }
    if (report.wants("floor_start_latency_p50", "floor_start_latency_p99")) {
      report.progress("start latency of the floor");
      ofFloor();
    }
  }

  private void ofStack() throws Exception {
    Measured measured = ofRuns();
    publish(
        "start_latency",
        measured.started(),
        "%s; request due (open loop) until startedAt of RunStarted; until the dispatcher takes the"
                .formatted(warmth)
            + " command p50 %s p99 %s ms; %s; CPU us per run: %s"
                .formatted(
                    millis(measured.taken(), 50),
                    millis(measured.taken(), 99),
                    measured.used().words(),
                    measured.used().microsPer(plan.samples())));
  }

  /** Microseconds from when a request was due until its task started. */
  Histogram times() throws Exception {
    return ofRuns().started();
  }

  /** Times from when a request was due, until the dispatcher takes it and until its task starts. */
  private record Measured(Histogram taken, Histogram started, Used used) {}

  private Measured ofRuns() throws Exception {
    Map<Long, Long> dueByRun = new ConcurrentHashMap<>();
    Queue<Caller> idle = new ConcurrentLinkedQueue<>();
    var failure = new AtomicReference<String>("");
    try (var starts = new StartTimes(stack.kafkaBootstrap())) {
      idle.add(stack.running().open(0));
      CpuTimes before = machine.cpu();
      new OpenLoop(plan.samples(), PERIOD).run((n, due) -> fire(n, due, idle, dueByRun, failure));
      Used used = machine.cpu().since(before);
      Map<Long, Long> startByRun = starts.await(dueByRun.size(), PATIENCE);
      Histogram latencies = between(dueByRun, startByRun);
      complain("start_latency", latencies, failure.get());
      return new Measured(between(dueByRun, starts.queued()), latencies, used);
    } finally {
      for (Caller caller : idle) {
        caller.close();
      }
    }
  }

  private static Histogram between(Map<Long, Long> begin, Map<Long, Long> end) {
    var times = new Histogram(3);
    begin.forEach((run, from) -> {
      Long to = end.get(run);
      if (to != null) {
        times.recordValue(Math.max(0, to - from));
      }
    });
    return times;
  }

  /** On a connection that nobody uses at this moment. */
  private void fire(
      int n,
      long due,
      Queue<Caller> idle,
      Map<Long, Long> dueByRun,
      AtomicReference<String> failure) {
    try {
      Caller caller = idle.poll();
      caller = caller == null ? stack.running().open(n) : caller;
      dueByRun.put(caller.call(), due);
      idle.add(caller);
    } catch (Exception e) {
      failure.set(e.toString());
    }
  }

  private void ofFloor() throws Exception {
    try (var floor = new Floor(stack.kafkaBootstrap(), stack.databaseUrl())) {
      floor.warmUp();
      var latencies = new Histogram(3);
      var failure = new AtomicReference<String>("");
      new OpenLoop(plan.samples(), PERIOD)
          .run((_, due) -> {
            try {
              long micros = Math.max(0, floor.eventMicros() - due);
              synchronized (latencies) {
                latencies.recordValue(micros);
              }
            } catch (Exception e) {
              failure.set(e.toString());
            }
          });
      complain("floor_start_latency", latencies, failure.get());
      publish(
          "floor_start_latency",
          latencies,
          "request due (open loop) until its event is read from Kafka; " + Floor.WORDS);
    }
  }

  private void complain(String name, Histogram latencies, String failure) {
    if (latencies.getTotalCount() != plan.samples()) {
      report.failure(
          "%s: %d of %d samples; %s"
              .formatted(name, latencies.getTotalCount(), plan.samples(), failure));
    }
  }

  private void publish(String name, Histogram latencies, String cond) {
    String words =
        "10 runs/s, n=%d, errors=%d; p75 %s p90 %s max %s ms; %s"
            .formatted(
                latencies.getTotalCount(),
                plan.samples() - latencies.getTotalCount(),
                millis(latencies, 75),
                millis(latencies, 90),
                millis(latencies, 100),
                cond);
    report.figure(name + "_p50", latencies.getValueAtPercentile(50) / 1e3, "ms", words);
    report.figure(name + "_p99", latencies.getValueAtPercentile(99) / 1e3, "ms", words);
  }

  private static String millis(Histogram latencies, double percentile) {
    return Figure.digits(latencies.getValueAtPercentile(percentile) / 1e3);
  }
}
