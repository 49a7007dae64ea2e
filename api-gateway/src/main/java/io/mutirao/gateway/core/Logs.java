package io.mutirao.gateway.core;

import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.objects.TaskLog;
import java.util.Optional;

/** What the tasks of a run printed. */
public interface Logs {

  /** Of one attempt of a task; empty when it printed nothing, or not yet. */
  Optional<TaskLog> of(RunId run, AttemptId attempt) throws Rejected;
}
