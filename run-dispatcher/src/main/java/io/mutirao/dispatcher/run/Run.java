package io.mutirao.dispatcher.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.dispatcher.lifecycle.RunState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run as its lane keeps it in memory while it is not over. The database has the same. */
final class Run {

  /**
   * What never changes.
   *
   * @param attempt none when the run is skipped
   */
  record Fixed(
      RunId id,
      JobId job,
      long version,
      long numberInJob,
      JobDefinition definition,
      Map<String, JsonNode> parameters,
      @Nullable AttemptId attempt,
      Instant createdAt,
      String commandId,
      String requestedBy) {}

  final Fixed fixed;
  RunState state;

  /** Of the last event told. */
  int sequence;

  /**
   * When its worker was last heard of: {@link System#nanoTime}, since take-over at the earliest.
   */
  long heardOf = System.nanoTime();

  /** When its claim is looked up next; only while it is offered. */
  Instant checkAt;

  Run(Fixed fixed, RunState state, int sequence, Instant checkAt) {
    this.fixed = fixed;
    this.state = state;
    this.sequence = sequence;
    this.checkAt = checkAt;
  }

  RunId id() {
    return fixed.id();
  }
}
