package io.mutirao.contracts.topic;

import io.mutirao.contracts.job.JobCommand;
import io.mutirao.contracts.job.JobEvent;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.run.RunCommand;
import io.mutirao.contracts.run.RunEvent;
import io.mutirao.contracts.task.TaskOffer;
import io.mutirao.contracts.task.TaskReport;
import io.mutirao.contracts.task.WorkerControl;
import java.util.List;

/**
 * Every topic. All have as many partitions as the installation has lanes, but for the offers: those
 * have one, because Kafka gives each partition of a share group to a part of its members only.
 */
public final class Topics {

  public static final Topic<JobCommand> JOB_COMMANDS =
      new Topic<>("job.commands", JobCommand.class);
  public static final Topic<RunCommand> RUN_COMMANDS =
      new Topic<>("run.commands", RunCommand.class);
  public static final Topic<TaskReport> TASK_REPORTS =
      new Topic<>("task.reports", TaskReport.class);
  public static final Topic<WorkerControl> WORKER_CONTROL =
      new Topic<>("worker.control", WorkerControl.class);
  public static final Topic<JobEvent> JOB_EVENTS = new Topic<>("job.events", JobEvent.class);
  public static final Topic<RunEvent> RUN_EVENTS = new Topic<>("run.events", RunEvent.class);
  public static final Topic<Reply> REPLIES = new Topic<>("replies", Reply.class);

  /**
   * What could not be read, as it was, with {@code mutirao_reason} and where it stood in headers.
   */
  public static final String DEAD_LETTERS = "dead.letters";

  /** The topics that exist in every installation; each pool adds {@link #offers}. */
  public static final List<Topic<?>> ALL =
      List.of(
          JOB_COMMANDS,
          RUN_COMMANDS,
          TASK_REPORTS,
          WORKER_CONTROL,
          JOB_EVENTS,
          RUN_EVENTS,
          REPLIES);

  private static final String OFFERS_PREFIX = "task.offers.";

  /** Offers to the workers of a pool; the share group of those workers has the same name. */
  public static Topic<TaskOffer> offers(String pool) {
    return new Topic<>(OFFERS_PREFIX + pool, TaskOffer.class);
  }

  private Topics() {}
}
