package io.mutirao.gateway.databricks;

import static java.util.Objects.requireNonNull;

import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunView;
import org.jspecify.annotations.Nullable;

/** Phase and result as RunState. */
final class StateMapping {

  static RunWire.State state(RunView run) {
    return switch (run.phase()) {
      case QUEUED -> state(run, "QUEUED", null);
      case BLOCKED -> state(run, "BLOCKED", null);
      case WAITING_FOR_RETRY -> state(run, "WAITING_FOR_RETRY", null);
      case PENDING -> state(run, "PENDING", null);
      case RUNNING -> state(run, "RUNNING", null);
      case TERMINATING -> state(run, "TERMINATING", null);
      case FINISHED ->
          switch (requireNonNull(run.result(), "a finished run has a result")) {
            case SUCCEEDED -> state(run, "TERMINATED", "SUCCESS");
            case SUCCEEDED_WITH_FAILURES -> state(run, "TERMINATED", "SUCCESS_WITH_FAILURES");
            case EXCLUDED -> state(run, "SKIPPED", "EXCLUDED");
            case UPSTREAM_FAILED -> state(run, "SKIPPED", "UPSTREAM_FAILED");
            case UPSTREAM_CANCELED -> state(run, "SKIPPED", "UPSTREAM_CANCELED");
            case FAILED -> state(run, "TERMINATED", "FAILED");
            case CANCELED -> state(run, "TERMINATED", "CANCELED");
            case TIMED_OUT -> state(run, "TERMINATED", "TIMEDOUT");
            case SKIPPED -> state(run, "SKIPPED", null);
            // With a result only if there was a task that could have one.
            case ERROR -> state(run, "INTERNAL_ERROR", run.startedAt() == null ? null : "FAILED");
          };
    };
  }

  private static RunWire.State state(RunView run, String lifeCycle, @Nullable String result) {
    boolean stopped = run.result() == Result.CANCELED || run.result() == Result.TIMED_OUT;
    return new RunWire.State(lifeCycle, result, stopped, run.message());
  }

  private StateMapping() {}
}
