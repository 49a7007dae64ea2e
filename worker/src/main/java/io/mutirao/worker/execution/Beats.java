package io.mutirao.worker.execution;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.task.TaskReport.AttemptRef;
import io.mutirao.contracts.task.TaskReport.WorkerBeat;
import io.mutirao.worker.guard.Guard;
import io.mutirao.worker.report.Reports;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Says every few seconds, to each lane in which this worker has attempts, that it lives. A beat
 * that arrived moves the deadlines of the attempts that it named, counted from before it was sent.
 */
public final class Beats implements Runnable {

  private static final Logger LOG = Logger.getLogger(Beats.class);

  private final WorkerId worker;
  private final Lanes lanes;
  private final Attempts attempts;
  private final Reports reports;
  private final Guard guard;
  private final Counter arrived;

  public Beats(Reporter reporter, Lanes lanes, Attempts attempts, Guard guard) {
    this.worker = reporter.worker();
    this.reports = reporter.reports();
    this.lanes = lanes;
    this.attempts = attempts;
    this.guard = guard;
    MeterRegistry metrics = reporter.metrics();
    this.arrived = metrics.counter("mutirao.worker.beats");
  }

  /** One beat. */
  @Override
  public void run() {
    try {
      Map<Integer, List<LiveAttempt>> byLane = new HashMap<>();
      for (LiveAttempt attempt : attempts.all()) {
        // Who names an attempt says that it is his: not before the grant.
        if (attempt.isGranted()) {
          byLane
              .computeIfAbsent(lanes.of(attempt.offer().run()), _ -> new ArrayList<>())
              .add(attempt);
        }
      }
      byLane.values().forEach(this::beat);
      guard.tidy();
    } catch (RuntimeException e) {
      LOG.error("A beat failed; the next one follows", e);
    }
  }

  private void beat(List<LiveAttempt> named) {
    List<AttemptRef> refs =
        named.stream().map(a -> new AttemptRef(a.id(), a.offer().run())).toList();
    long sentAt = System.nanoTime();
    reports.send(new WorkerBeat(worker, refs), null).thenRun(() -> arrived(named, sentAt));
  }

  private void arrived(List<LiveAttempt> named, long sentAt) {
    arrived.increment();
    Map<Long, Long> until = new HashMap<>();
    for (LiveAttempt attempt : named) {
      attempt.beaten(sentAt);
      if (attempt.isUnderGuard()) {
        until.put(attempt.id().value(), attempt.safeUntil());
      }
    }
    if (!until.isEmpty()) {
      guard.renew(until);
    }
  }
}
