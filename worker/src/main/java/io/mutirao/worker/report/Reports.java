package io.mutirao.worker.report;

import io.mutirao.contracts.task.TaskReport;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells the dispatcher. Nothing is awaited: reports of a lane arrive in the order they were sent.
 */
public interface Reports {

  /**
   * Sends a report, and keeps at it until it arrives.
   *
   * @param traceparent of the offer that this is about, if it had one
   * @return done when the report is safe on the broker
   */
  CompletableFuture<Void> send(TaskReport report, @Nullable String traceparent);
}
