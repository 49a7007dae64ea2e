package io.mutirao.worker.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.task.TaskReport.TaskEnded;
import io.mutirao.contracts.task.TaskReport.TaskStarted;
import io.mutirao.worker.report.Reports;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words the reports of attempts, and counts them. */
public record Reporter(WorkerId worker, Reports reports, Clock clock, MeterRegistry metrics) {

  void started(LiveAttempt attempt) {
    var offer = attempt.offer();
    reports.send(
        new TaskStarted(offer.attempt(), offer.run(), offer.job(), worker, clock.instant()),
        attempt.traceparent());
    metrics.counter("mutirao.worker.attempts.started", "kind", offer.kind()).increment();
  }

  /**
   * Reports the end.
   *
   * @param executedUntil when its program had ended; null: just now, or none ran
   */
  void ended(
      LiveAttempt attempt,
      Verdict verdict,
      @Nullable Instant executedUntil,
      Map<String, JsonNode> values) {
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
            verdict.code(),
            executedUntil,
            values),
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
