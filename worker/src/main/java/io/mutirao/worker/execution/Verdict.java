package io.mutirao.worker.execution;

import io.mutirao.contracts.task.Ending;
import io.mutirao.runner.Plan;
import io.mutirao.worker.guard.Ended;
import io.mutirao.worker.secret.Masks;
import org.jspecify.annotations.Nullable;

/**
 * What is reported of an attempt that is over.
 *
 * @param message one line for the user; empty when it succeeded
 * @param code why, for the dispatcher; null: what follows from the ending
 */
record Verdict(
    Ending ending, Cause cause, String message, io.mutirao.contracts.run.@Nullable Cause code) {

  /** What brought it about; also a tag of the metric. */
  enum Cause {
    EXIT_CODE,
    SIGNAL,
    STOPPED,
    WORKER_STOPPED,
    LEASE_LOST,
    GUARD_DIED,
    REJECTED,
    NO_PROCESS
  }

  private static final int LONGEST_MESSAGE = 1_000;

  Verdict {
    if (message.length() > LONGEST_MESSAGE) {
      message = message.substring(0, LONGEST_MESSAGE);
    }
  }

  Verdict(Ending ending, Cause cause, String message) {
    this(ending, cause, message, null);
  }

  static Verdict of(Ended ended, @Nullable StopReason asked) {
    return switch (ended.why()) {
      case Ended.Exited(int code) -> exited(code, ended.lastLine());
      case Ended.Killed(int signal) -> failed(Cause.SIGNAL, "killed by signal " + signal);
      case Ended.ExitedOrKilled(int code, int signal) ->
          failed(
              Cause.EXIT_CODE,
              withLast("exit code %d, or killed by signal %d".formatted(code, signal), ended));
      case Ended.OutOfMemory _ ->
          failed(
              Cause.SIGNAL,
              withLast("a process was killed: the task has used up its memory", ended));
      case Ended.Stopped _ -> stopped(asked);
      case Ended.LeaseOver _ ->
          failed(
              Cause.LEASE_LOST,
              "the worker lost its lease: it could not reach the broker in time, so it ended the"
                  + " task");
      case Ended.Unguarded _ -> failed(Cause.GUARD_DIED, "the guard of the task died");
      case Ended.NotStarted(String reason) ->
          failed(Cause.NO_PROCESS, "the worker could not start a process: " + reason);
    };
  }

  static Verdict stopped(@Nullable StopReason asked) {
    return switch (asked) {
      case WORKER_STOPS -> failed(Cause.WORKER_STOPPED, "the worker was stopped");
      case ASKED -> new Verdict(Ending.STOPPED, Cause.STOPPED, "");
      case null -> new Verdict(Ending.STOPPED, Cause.STOPPED, "");
    };
  }

  /** Without what nobody may see. */
  Verdict masked(Masks masks) {
    return new Verdict(ending, cause, masks.in(message), code);
  }

  static Verdict succeeded() {
    return new Verdict(Ending.SUCCEEDED, Cause.EXIT_CODE, "");
  }

  static Verdict rejected(String reason) {
    return failed(Cause.REJECTED, reason);
  }

  static Verdict rejected(Plan.Rejected plan) {
    return new Verdict(
        Ending.FAILED,
        Cause.REJECTED,
        plan.reason(),
        switch (plan.why()) {
          case INVALID -> io.mutirao.contracts.run.Cause.INVALID_CONFIGURATION;
          case NOT_FOUND -> io.mutirao.contracts.run.Cause.RESOURCE_NOT_FOUND;
          case LIBRARY -> io.mutirao.contracts.run.Cause.LIBRARY_NOT_INSTALLED;
          case OTHER -> null;
        });
  }

  /** The program ended by itself, and what it left says that it failed. */
  Verdict but(@Nullable String failure) {
    return failure == null || cause != Cause.EXIT_CODE ? this : failed(Cause.EXIT_CODE, failure);
  }

  /**
   * It was prepared for so long, without a word to the dispatcher, that it is not ours any more.
   */
  static Verdict leaseLost() {
    return failed(
        Cause.LEASE_LOST,
        "the worker lost its lease while it prepared the task: it could not reach the broker in"
            + " time");
  }

  static Verdict notStarted() {
    return new Verdict(
        Ending.NOT_STARTED,
        Cause.LEASE_LOST,
        "the worker did not start the task: the answer to its claim came too late");
  }

  /**
   * A program that fails says why in its last line. With code 1, as of an uncaught exception, that
   * line is the whole story; another code is part of it.
   */
  private static Verdict exited(int code, String lastLine) {
    if (code == 0) {
      return succeeded();
    }
    String byCode = "exit code " + code;
    if (lastLine.isEmpty()) {
      return failed(Cause.EXIT_CODE, byCode);
    }
    return failed(Cause.EXIT_CODE, code == 1 ? lastLine : byCode + ": " + lastLine);
  }

  private static String withLast(String what, Ended ended) {
    return ended.lastLine().isEmpty() ? what : what + ": " + ended.lastLine();
  }

  private static Verdict failed(Cause cause, String message) {
    return new Verdict(Ending.FAILED, cause, message);
  }
}
