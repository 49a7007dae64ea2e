package io.mutirao.gateway.databricks;

import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunView;
import org.jspecify.annotations.Nullable;

/**
 * Where a run, a task of it or a repair stands, as RunState.
 *
 * @param started whether it ever ran
 * @param queues whether it may be shown as queued: clients of 2.0 know that word only of jobs that
 *     asked for it
 */
record StateMapping(
    Phase phase,
    @Nullable Result result,
    @Nullable Cause cause,
    String message,
    boolean started,
    boolean queues) {

  static StateMapping of(RunView run) {
    return new StateMapping(
        run.phase(),
        run.result(),
        run.cause(),
        run.message(),
        run.startedAt() != null,
        run.definition().queues());
  }

  static StateMapping of(RunView.TaskRun task) {
    return new StateMapping(
        task.phase(), task.result(), task.cause(), task.message(), task.startedAt() != null, false);
  }

  static StateMapping of(RunView.Repair repair) {
    return new StateMapping(
        repair.phase(), repair.result(), repair.cause(), repair.message(), true, false);
  }

  RunWire.State state(Version version) {
    boolean stopped = result == Result.CANCELED || result == Result.TIMED_OUT;
    return new RunWire.State(lifeCycle(version), resultState(version), stopped, message);
  }

  private String lifeCycle(Version version) {
    boolean plain = !version.hasTasks();
    return switch (phase) {
      case QUEUED -> plain && !queues ? "PENDING" : "QUEUED";
      case BLOCKED -> plain ? "PENDING" : "BLOCKED";
      case WAITING_FOR_RETRY -> plain ? "PENDING" : "WAITING_FOR_RETRY";
      case PENDING -> "PENDING";
      case RUNNING -> "RUNNING";
      case TERMINATING -> "TERMINATING";
      case FINISHED ->
          switch (result) {
            case SUCCEEDED, SUCCEEDED_WITH_FAILURES, FAILED, CANCELED, TIMED_OUT -> "TERMINATED";
            case SKIPPED, EXCLUDED, UPSTREAM_FAILED, UPSTREAM_CANCELED -> "SKIPPED";
            case ERROR -> "INTERNAL_ERROR";
            case null -> throw new IllegalStateException("finished without a result");
          };
    };
  }

  /** The words that 2.0 does not have are those of SKIPPED, which has no result there. */
  private @Nullable String resultState(Version version) {
    boolean plain = !version.hasTasks();
    return switch (result) {
      case null -> null;
      case SUCCEEDED -> "SUCCESS";
      case SUCCEEDED_WITH_FAILURES -> plain ? "SUCCESS" : "SUCCESS_WITH_FAILURES";
      case FAILED -> "FAILED";
      case CANCELED -> "CANCELED";
      case TIMED_OUT -> "TIMEDOUT";
      case SKIPPED -> plain || cause != Cause.JOB_LIMIT ? null : "MAXIMUM_CONCURRENT_RUNS_REACHED";
      case EXCLUDED -> plain ? null : "EXCLUDED";
      case UPSTREAM_FAILED -> plain ? null : "UPSTREAM_FAILED";
      case UPSTREAM_CANCELED -> plain ? null : "UPSTREAM_CANCELED";
      // With a result only if there was a task that could have one.
      case ERROR -> started ? "FAILED" : null;
    };
  }

  /** RunStatus, from 2.1 on; null before. */
  RunWire.@Nullable Status status(Version version) {
    if (!version.hasTasks()) {
      return null;
    }
    return switch (phase) {
      case QUEUED -> status("QUEUED", new RunWire.Details(queueCode(), null, message), null);
      case BLOCKED -> status("BLOCKED", null, null);
      case WAITING_FOR_RETRY -> status("WAITING", null, null);
      case PENDING -> status("PENDING", null, null);
      case RUNNING -> status("RUNNING", null, null);
      case TERMINATING -> status("TERMINATING", null, null);
      case FINISHED -> status("TERMINATED", null, termination());
    };
  }

  private static RunWire.Status status(
      String state, RunWire.@Nullable Details queue, RunWire.@Nullable Details termination) {
    return new RunWire.Status(state, queue, termination);
  }

  private String queueCode() {
    return cause == Cause.WORKSPACE_LIMIT
        ? "ACTIVE_RUNS_LIMIT_REACHED"
        : "MAX_CONCURRENT_RUNS_REACHED";
  }

  private RunWire.Details termination() {
    if (result == Result.SUCCEEDED) {
      return new RunWire.Details("SUCCESS", "SUCCESS", message);
    }
    if (result == Result.SUCCEEDED_WITH_FAILURES) {
      return new RunWire.Details("SUCCESS_WITH_FAILURES", "SUCCESS", message);
    }
    return switch (cause) {
      case null -> client("RUN_EXECUTION_ERROR");
      case DONE, UPSTREAM, QUEUED_TOO_LONG -> client("SKIPPED");
      case TASK_FAILED -> client("RUN_EXECUTION_ERROR");
      case WORKER_LOST, NOT_STARTED ->
          new RunWire.Details("DRIVER_ERROR", "CLOUD_FAILURE", message);
      case CANCELED_BY_USER -> client("USER_CANCELED");
      case JOB_DELETED, TIMED_OUT -> client("CANCELED");
      case JOB_LIMIT -> client("MAX_CONCURRENT_RUNS_EXCEEDED");
      case WORKSPACE_LIMIT -> client("WORKSPACE_RUN_LIMIT_EXCEEDED");
      case INVALID_CONFIGURATION -> client("INVALID_RUN_CONFIGURATION");
      case RESOURCE_NOT_FOUND -> client("RESOURCE_NOT_FOUND");
      case LIBRARY_NOT_INSTALLED -> client("LIBRARY_INSTALLATION_ERROR");
      case INTERNAL -> new RunWire.Details("INTERNAL_ERROR", "INTERNAL_ERROR", message);
    };
  }

  private RunWire.Details client(String code) {
    return new RunWire.Details(code, "CLIENT_ERROR", message);
  }
}
