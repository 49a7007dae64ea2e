package io.mutirao.dispatcher.run;

import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunCommand;
import io.mutirao.contracts.run.RunTrigger;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import org.jspecify.annotations.Nullable;

/** Whether a run may start now. Pure. */
sealed interface Admission {

  record Start() implements Admission {}

  /**
   * It waits until there is room.
   *
   * @param cause the limit that it waits for
   */
  record Queue(Cause cause, String why) implements Admission {}

  /** It never starts. */
  record Skip(Becomes end) implements Admission {}

  /** There is to be no such run: whoever asked may come again. */
  record Refuse(String why) implements Admission {}

  /** Who asks for a run, and so what becomes of it when the installation is full. */
  enum Asker {
    /** Is told to come again. */
    SOMEBODY,
    /** A task of another run waits for it already: it may as well wait until there is room. */
    A_TASK,
    /** A schedule: the run says why it never began. */
    NOBODY;

    static Asker of(RunCommand.RunJob command) {
      if (command.parent() != null) {
        return A_TASK;
      }
      return command.trigger() == null || command.trigger() == RunTrigger.ONE_TIME
          ? SOMEBODY
          : NOBODY;
    }
  }

  /**
   * How full it is.
   *
   * @param active runs of the job that are not over and have been let in, those that are
   *     terminating included
   * @param waiting runs of the job before this one that have not been let in
   * @param taskMayStart whether the installation has room for one more task
   * @param taskLimit how many it may have
   */
  record Room(int active, int waiting, boolean taskMayStart, int taskLimit) {}

  /**
   * Decides on a run that is asked for. Lowering a limit ends no run that is active.
   *
   * @param queue whether this run may wait; null: as the job says
   */
  static Admission of(JobDefinition job, Room room, @Nullable Boolean queue, Asker asker) {
    int limit = job.maxConcurrentRuns();
    boolean jobIsFull = room.active >= limit || room.waiting > 0;
    if (!jobIsFull && room.taskMayStart) {
      return new Start();
    }
    boolean waits = limit > 0 && (queue == null ? job.queues() : queue);
    if (jobIsFull) {
      String why =
          "the job has "
              + room.active
              + " active "
              + (room.active == 1 ? "run" : "runs")
              + " and max_concurrent_runs is "
              + limit
              + ".";
      return waits
          ? new Queue(Cause.JOB_LIMIT, "Queued: " + why)
          : new Skip(new Becomes(Result.SKIPPED, Cause.JOB_LIMIT, "Skipped: " + why));
    }
    String why = allAreActive(room.taskLimit);
    if (waits) {
      return forPermits(room.taskLimit);
    }
    return switch (asker) {
      case SOMEBODY -> new Refuse("The run cannot start: " + why);
      case A_TASK -> forPermits(room.taskLimit);
      case NOBODY ->
          new Skip(new Becomes(Result.SKIPPED, Cause.WORKSPACE_LIMIT, "Skipped: " + why));
    };
  }

  /** It waits, or waits still, until the installation has room for its first task. */
  static Queue forPermits(int taskLimit) {
    return new Queue(Cause.WORKSPACE_LIMIT, "Queued: " + allAreActive(taskLimit));
  }

  private static String allAreActive(int taskLimit) {
    return "as many tasks are active as are allowed at a time, " + taskLimit + ".";
  }
}
