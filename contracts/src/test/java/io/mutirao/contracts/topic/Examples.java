package io.mutirao.contracts.topic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.LaneKey;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.job.JobCommand.CreateJob;
import io.mutirao.contracts.job.JobCommand.DeleteJob;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobEvent.JobCreated;
import io.mutirao.contracts.job.JobEvent.JobDeleted;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunCommand.CancelRun;
import io.mutirao.contracts.run.RunCommand.DefineJob;
import io.mutirao.contracts.run.RunCommand.ForgetJob;
import io.mutirao.contracts.run.RunCommand.RunJob;
import io.mutirao.contracts.run.RunEvent.RunFinished;
import io.mutirao.contracts.run.RunEvent.RunQueued;
import io.mutirao.contracts.run.RunEvent.RunStarted;
import io.mutirao.contracts.run.RunEvent.RunTerminating;
import io.mutirao.contracts.task.Ending;
import io.mutirao.contracts.task.TaskOffer.OfferTask;
import io.mutirao.contracts.task.TaskReport.AttemptRef;
import io.mutirao.contracts.task.TaskReport.TaskEnded;
import io.mutirao.contracts.task.TaskReport.TaskStarted;
import io.mutirao.contracts.task.TaskReport.WorkerBeat;
import io.mutirao.contracts.task.WorkerControl.StopTask;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One full message of each kind; its JSON stands in {@code golden/<Type>.json}. */
public final class Examples {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JobId JOB = new JobId(1044);
  private static final RunId RUN = new RunId(LaneKey.MAX);
  private static final AttemptId ATTEMPT = new AttemptId(2052);
  private static final WorkerId WORKER = new WorkerId("worker-1/8f2c");
  private static final Instant AT = Instant.parse("2026-11-21T10:15:30.123456Z");
  private static final Instant STARTED = Instant.parse("2026-11-21T10:15:29Z");
  private static final String COMMAND = "0b9f5a3e-6f0c-4f6e-9b1e-2f5a0e6b7c8d";

  private static final ObjectNode SPEC =
      JSON.objectNode()
          .put("python_file", "file:/jobs/nightly.py")
          .set("parameters", JSON.arrayNode().add("--day").add("2026-11-21"));

  private static final JobDefinition DEFINITION =
      new JobDefinition(
          "São João nightly",
          List.of(new Task("main", "python", SPEC)),
          2,
          3600,
          JobDefinition.DEFAULT_POOL,
          "databricks",
          JSON.objectNode().put("name", "São João nightly").put("max_concurrent_runs", 2));

  public static final List<Message> ALL =
      List.of(
          new CreateJob(DEFINITION, "ana"),
          new DeleteJob(JOB, "ana"),
          new DefineJob(JOB, 1, DEFINITION, "ana"),
          new ForgetJob(JOB, 2),
          new RunJob(JOB, Map.of("python", JSON.arrayNode().add("--fast")), "token-1", "ana"),
          new CancelRun(RUN, "ana"),
          new TaskStarted(ATTEMPT, RUN, JOB, WORKER, STARTED),
          new TaskEnded(ATTEMPT, RUN, JOB, WORKER, Ending.FAILED, "ValueError: no day", AT),
          new WorkerBeat(WORKER, List.of(new AttemptRef(ATTEMPT, RUN))),
          new StopTask(ATTEMPT, RUN, WORKER),
          new JobCreated(JOB, 1, DEFINITION, "ana", AT),
          new JobDeleted(JOB, 2, "ana", AT),
          new RunQueued(RUN, JOB, 0, 1, AT, 7, "ana"),
          new RunStarted(RUN, JOB, 0, 2, AT, ATTEMPT, WORKER, STARTED),
          new RunTerminating(RUN, JOB, 0, 3, AT, "cancelled by ana"),
          new RunFinished(RUN, JOB, 0, 4, AT, Result.CANCELED, "cancelled by ana", STARTED),
          new Accepted(COMMAND, JOB, 1L, RUN, 7L),
          new Refused(COMMAND, Refusal.UNKNOWN_JOB, "there is no job 1044"),
          new OfferTask(ATTEMPT, RUN, JOB, "python", SPEC));

  /** The example of that type. */
  public static Message of(Class<?> type) {
    return ALL.stream()
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(() -> new AssertionError("Add an example of " + type + " to Examples.ALL"));
  }

  private Examples() {}
}
