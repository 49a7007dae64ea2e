package io.mutirao.worker.execution;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.task.TaskReport.TaskEnded;
import io.mutirao.contracts.task.TaskReport.TaskStarted;
import io.mutirao.worker.report.Reports;
import java.time.Clock;

/** Words the reports of attempts, and counts them. */
public record Reporter(WorkerId worker, Reports reports, Clock clock, MeterRegistry metrics) {

  void started(LiveAttempt attempt) {
    var offer = attempt.offer();
    reports.send(
        new TaskStarted(offer.attempt(), offer.run(), offer.job(), worker, clock.instant()),
        attempt.traceparent());
    metrics.counter("mutirao.worker.attempts.started", "kind", offer.kind()).increment();
  }

  void ended(LiveAttempt attempt, Verdict verdict) {
    var offer = attempt.offer();
    reports.send(
        new TaskEnded(
            offer.attempt(),
            offer.run(),
            offer.job(),
            worker,
            verdict.ending(),
            verdict.message(),
            clock.instant(),
            null),
        attempt.traceparent());
    metrics
        .counter(
            "mutirao.worker.attempts.ended",
            "ending",
            verdict.ending().name(),
            "cause",
            verdict.cause().name())
        .increment();
  }
}
