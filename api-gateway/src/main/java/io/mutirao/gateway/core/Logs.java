package io.mutirao.gateway.core;

import io.mutirao.contracts.run.RunView;
import io.mutirao.objects.TaskLog;
import java.util.Optional;

/** What the tasks of a run printed. */
public interface Logs {

  /** Of the run's latest attempt; empty when it printed nothing, or not yet. */
  Optional<TaskLog> of(RunView run) throws Rejected;
}
