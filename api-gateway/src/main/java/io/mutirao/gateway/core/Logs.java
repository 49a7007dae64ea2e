package io.mutirao.gateway.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.objects.Piece;
import io.mutirao.objects.TaskLog;
import java.util.Optional;

/** What the tasks of a run left behind. */
public interface Logs {

  /** What one attempt of a task printed; empty when it printed nothing, or not yet. */
  Optional<TaskLog> of(RunId run, AttemptId attempt) throws Rejected;

  /** A piece of what one attempt printed so far; empty when it has printed nothing yet. */
  Optional<Piece> piece(RunId run, AttemptId attempt, long from, int limit) throws Rejected;

  /** As {@link #piece}, of the lines that tell when it was printed. */
  Optional<Piece> times(RunId run, AttemptId attempt, long from, int limit) throws Rejected;

  /** What one attempt gave back, as its runner says it; empty when it gave nothing back. */
  Optional<ObjectNode> result(RunId run, AttemptId attempt) throws Rejected;

  /** A notebook as HTML, as it was after one attempt; empty when none was kept. */
  Optional<String> notebook(RunId run, AttemptId attempt) throws Rejected;
}
