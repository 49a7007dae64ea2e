package io.mutirao.contracts.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.LaneKey;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.job.Dependency;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.Grant.Kind;
import io.mutirao.contracts.job.Grant.Level;
import io.mutirao.contracts.job.JobCommand.CreateJob;
import io.mutirao.contracts.job.JobCommand.DeleteJob;
import io.mutirao.contracts.job.JobCommand.ReplaceJob;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobEvent.JobChanged;
import io.mutirao.contracts.job.JobEvent.JobCreated;
import io.mutirao.contracts.job.JobEvent.JobDeleted;
import io.mutirao.contracts.job.JobTrigger;
import io.mutirao.contracts.job.Notifications;
import io.mutirao.contracts.job.Notifications.Event;
import io.mutirao.contracts.job.Notifications.Targets;
import io.mutirao.contracts.job.RetryPolicy;
import io.mutirao.contracts.job.RunIf;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunCommand.CancelJobRuns;
import io.mutirao.contracts.run.RunCommand.CancelRun;
import io.mutirao.contracts.run.RunCommand.ChildEnded;
import io.mutirao.contracts.run.RunCommand.ChildStarted;
import io.mutirao.contracts.run.RunCommand.DefineJob;
import io.mutirao.contracts.run.RunCommand.DeleteRun;
import io.mutirao.contracts.run.RunCommand.ForgetJob;
import io.mutirao.contracts.run.RunCommand.Parent;
import io.mutirao.contracts.run.RunCommand.RepairRun;
import io.mutirao.contracts.run.RunCommand.RunJob;
import io.mutirao.contracts.run.RunCommand.SubmitRun;
import io.mutirao.contracts.run.RunEvent.DurationWarning;
import io.mutirao.contracts.run.RunEvent.RunFinished;
import io.mutirao.contracts.run.RunEvent.RunQueued;
import io.mutirao.contracts.run.RunEvent.RunStarted;
import io.mutirao.contracts.run.RunEvent.RunTerminating;
import io.mutirao.contracts.run.RunEvent.TaskChanged;
import io.mutirao.contracts.run.RunNotices;
import io.mutirao.contracts.run.RunTrigger;
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

  private static final ObjectNode SETUP =
      JSON.objectNode()
          .set(
              "libraries",
              JSON.arrayNode().add(JSON.objectNode().put("whl", "dbfs:/jobs/day.whl")));

  private static final Map<String, JsonNode> PARAMETERS =
      Map.of("python", JSON.arrayNode().add("--fast"));

  private static final JobDefinition DEFINITION =
      new JobDefinition(
          "São João nightly",
          List.of(Task.of("main", "python", SPEC)),
          2,
          3600,
          JobDefinition.DEFAULT_POOL,
          "databricks",
          JSON.objectNode().put("name", "São João nightly").put("max_concurrent_runs", 2),
          null,
          null,
          null,
          Map.of(),
          null,
          null,
          null);

  private static final Notifications NOTIFICATIONS =
      new Notifications(
          Map.of(Event.FAILURE, new Targets(List.of("ana@example.org"), List.of("d-1"))),
          true,
          true,
          false,
          true);

  private static final JobDefinition GRAPH =
      new JobDefinition(
          "graph",
          List.of(
              Task.of("main", "python", SPEC),
              new Task(
                  "then",
                  "python",
                  SPEC,
                  "large",
                  List.of(new Dependency("main", "true")),
                  RunIf.ALL_DONE,
                  new RetryPolicy(-1, 1000, true),
                  60,
                  30,
                  NOTIFICATIONS,
                  null)),
          2,
          3600,
          JobDefinition.DEFAULT_POOL,
          "databricks",
          JSON.objectNode(),
          true,
          new RetryPolicy(3, 0, false),
          900,
          Map.of("day", "today"),
          new JobTrigger.Cron("0 15 22 * * ?", "America/Sao_Paulo", false),
          NOTIFICATIONS,
          "bia");

  public static final List<Message> ALL =
      List.of(
          new CreateJob(DEFINITION, "ana", List.of()),
          new ReplaceJob(JOB, GRAPH, 3L, List.of(new Grant(Kind.USER, "bia", Level.RUN)), "ana"),
          new DeleteJob(JOB, "ana"),
          new DefineJob(JOB, 1, DEFINITION, "ana"),
          new ForgetJob(JOB, 2),
          RunJob.of(JOB, PARAMETERS, "token-1", "ana"),
          new SubmitRun(DEFINITION, "token-2", "ana", List.of()),
          new ChildStarted(RUN, ATTEMPT, RUN),
          new ChildEnded(RUN, ATTEMPT, RUN, Result.FAILED, Cause.TASK_FAILED, "no day"),
          new CancelRun(RUN, "ana"),
          new CancelJobRuns(JOB, "ana"),
          new DeleteRun(RUN, "ana"),
          new RepairRun(
              RUN, List.of("main"), true, true, 9L, PARAMETERS, Map.of("day", "today"), "ana"),
          new TaskStarted(ATTEMPT, RUN, JOB, WORKER, STARTED),
          TaskEnded.of(
              new AttemptRef(ATTEMPT, RUN), JOB, WORKER, Ending.FAILED, "ValueError: no day", AT),
          new WorkerBeat(WORKER, List.of(new AttemptRef(ATTEMPT, RUN))),
          new StopTask(ATTEMPT, RUN, WORKER),
          new JobCreated(JOB, 1, DEFINITION, "ana", AT),
          new JobChanged(JOB, 2, DEFINITION, "ana", AT),
          new JobDeleted(JOB, 2, "ana", AT, null, List.of()),
          new RunQueued(RUN, JOB, 0, 1, AT, 7, "ana", null, null, null, null),
          new RunStarted(RUN, JOB, 0, 2, AT, ATTEMPT, WORKER, STARTED),
          new RunTerminating(RUN, JOB, 0, 3, AT, "cancelled by ana"),
          new RunFinished(
              RUN, JOB, 0, 4, AT, Result.CANCELED, "cancelled by ana", STARTED, null, null),
          new TaskChanged(
              RUN,
              JOB,
              1,
              5,
              AT,
              "main",
              ATTEMPT,
              2,
              Phase.FINISHED,
              Result.FAILED,
              Cause.TASK_FAILED,
              "ValueError: no day",
              STARTED,
              true),
          new DurationWarning(RUN, JOB, 0, 3, AT, "main", 900),
          new Accepted(COMMAND, JOB, 1L, RUN, 7L, null),
          new Refused(COMMAND, Refusal.UNKNOWN_JOB, "there is no job 1044"),
          OfferTask.of(ATTEMPT, RUN, JOB, "python", SPEC));

  /**
   * What messages got later, by the name of its golden file: fields that may be left out, so that
   * the older files hold, too.
   */
  public static final Map<String, Message> LATER =
      Map.ofEntries(
          Map.entry(
              "CreateJob.2",
              new CreateJob(GRAPH, "ana", List.of(new Grant(Kind.GROUP, "ops", Level.VIEW)))),
          Map.entry(
              "SubmitRun.2",
              new SubmitRun(
                  DEFINITION, "token-2", "ana", List.of(new Grant(Kind.GROUP, "ops", Level.VIEW)))),
          Map.entry(
              "RunJob.2",
              new RunJob(
                  JOB,
                  PARAMETERS,
                  null,
                  "ana",
                  Map.of("day", "today"),
                  true,
                  List.of("main"),
                  RunTrigger.PERIODIC,
                  new Parent(RUN, ATTEMPT, 1))),
          Map.entry(
              "RunQueued.2",
              new RunQueued(
                  RUN,
                  JOB,
                  1,
                  1,
                  AT,
                  7,
                  "ana",
                  "São João nightly",
                  RunTrigger.RETRY,
                  2,
                  new RunNotices(
                      NOTIFICATIONS, Map.of("main", NOTIFICATIONS), null, Map.of(), Map.of()))),
          Map.entry(
              "RunQueued.3",
              new RunQueued(
                  RUN,
                  JOB,
                  0,
                  1,
                  AT,
                  7,
                  "ana",
                  "São João nightly",
                  null,
                  null,
                  new RunNotices(null, Map.of(), "main", PARAMETERS, Map.of("day", "today")))),
          Map.entry(
              "JobDeleted.2",
              new JobDeleted(JOB, 2, "ana", AT, "São João nightly", List.of("ana@example.org"))),
          Map.entry(
              "RunFinished.2",
              new RunFinished(
                  RUN, JOB, 0, 4, AT, Result.FAILED, "no day", STARTED, Cause.TASK_FAILED, true)),
          Map.entry("Accepted.2", new Accepted(COMMAND, null, null, RUN, null, 9L)),
          Map.entry(
              "OfferTask.2", new OfferTask(ATTEMPT, RUN, JOB, "python", SPEC, "main", SETUP, null)),
          Map.entry(
              "TaskEnded.2",
              new TaskEnded(
                  ATTEMPT,
                  RUN,
                  JOB,
                  WORKER,
                  Ending.FAILED,
                  "No such package: day",
                  AT,
                  Cause.LIBRARY_NOT_INSTALLED,
                  STARTED,
                  Map.of("rows", JSON.numberNode(17)))),
          Map.entry(
              "OfferTask.3",
              new OfferTask(ATTEMPT, RUN, JOB, "python", SPEC, "main", SETUP, "ana")));

  /** The example of that type. */
  public static Message of(Class<?> type) {
    return ALL.stream()
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(() -> new AssertionError("Add an example of " + type + " to Examples.ALL"));
  }

  private Examples() {}
}
