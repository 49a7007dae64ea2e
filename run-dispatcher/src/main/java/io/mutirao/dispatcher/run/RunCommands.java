package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.reply.Reply.Refused;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunCommand;
import io.mutirao.contracts.run.RunCommand.CancelJobRuns;
import io.mutirao.contracts.run.RunCommand.CancelRun;
import io.mutirao.contracts.run.RunCommand.ChildEnded;
import io.mutirao.contracts.run.RunCommand.ChildStarted;
import io.mutirao.contracts.run.RunCommand.DefineJob;
import io.mutirao.contracts.run.RunCommand.DeleteRun;
import io.mutirao.contracts.run.RunCommand.ForgetJob;
import io.mutirao.contracts.run.RunCommand.RepairRun;
import io.mutirao.contracts.run.RunCommand.RunJob;
import io.mutirao.contracts.run.RunCommand.SubmitRun;
import io.mutirao.contracts.topic.Topics;
import io.mutirao.dispatcher.graph.Graph;
import io.mutirao.dispatcher.graph.Selection;
import io.mutirao.dispatcher.lifecycle.TaskInput;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import io.mutirao.messaging.kafka.Envelope;
import io.mutirao.messaging.lane.LaneChanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers the commands of one batch, each as if those before it had happened. The same command id
 * gets the same answer: a run stands for its own command, all other answers are kept.
 */
final class RunCommands {

  static final Becomes JOB_DELETED =
      new Becomes(Result.CANCELED, Cause.JOB_DELETED, "Canceled: its job was deleted.");

  private final LaneMemory memory;
  private final LookUp found;
  private final LaneChanges changes;
  private final Flow flow;
  private final Instant now;

  private final Map<String, AnswerStore.Token> tokens = new LinkedHashMap<>();
  private final Map<String, Reply> answered = new HashMap<>();
  private final List<Reply> kept = new ArrayList<>();
  private final Set<Long> deleted = new HashSet<>();

  RunCommands(LaneMemory memory, LookUp found, LaneChanges changes, Flow flow, Instant now) {
    this.memory = memory;
    this.found = found;
    this.changes = changes;
    this.flow = flow;
    this.now = now;
  }

  // ---- definitions: nobody waits for an answer

  void define(DefineJob command) {
    KnownJob job = known(command.job());
    if (command.version() <= job.version) {
      return;
    }
    job.version = command.version();
    job.definition = command.definition();
    flow.touch(job);
    JobStore.putVersion(changes, command.job(), command.version(), command.definition());
    List.copyOf(job.open)
        .forEach(run -> flow.timeOutAfter(run, command.definition().timeoutSeconds()));
    flow.promote(job);
    if (Continuous.goesOn(job)) {
      String reason = "continuous of " + command.job() + "/" + command.version();
      flow.keepGoing(job, reason, command.createdBy(), 0);
    } else {
      flow.standStill(job);
    }
  }

  void forget(ForgetJob command) {
    KnownJob job = known(command.job());
    if (command.version() <= job.version) {
      return;
    }
    job.version = command.version();
    job.forgotten = true;
    flow.touch(job);
    endAll(job, JOB_DELETED);
  }

  private KnownJob known(JobId id) {
    KnownJob job = memory.job(id);
    if (job == null) {
      job = new KnownJob(id.value(), 0, false, 0, null);
      memory.keep(job);
    }
    return job;
  }

  private void endAll(KnownJob job, Becomes end) {
    job.open.forEach(run -> memory.toEnd.add(new LaneMemory.ToEnd(run, end)));
  }

  // ---- what runs of other jobs tell the tasks that wait for them

  void started(ChildStarted child) {
    TaskRun task = memory.attempt(child.attempt().value());
    if (task == null) {
      // The run is over: nobody waits for this one any more.
      changes.send(Topics.RUN_COMMANDS, new CancelRun(child.child(), "the run that asked"), null);
    } else {
      flow.apply(task, new TaskInput.ChildStarted(child.attempt(), child.child()));
    }
  }

  void ended(ChildEnded child) {
    TaskRun task = memory.attempt(child.attempt().value());
    if (task != null) {
      Becomes end = Graph.ofChild(child.result(), child.cause(), child.message());
      flow.apply(task, new TaskInput.ChildEnded(child.attempt(), end));
    }
  }

  // ---- commands with an answer

  void answer(Envelope<RunCommand> input) {
    Reply answer = answered.getOrDefault(input.id(), found.answers().commands().get(input.id()));
    if (answer == null) {
      answer =
          switch (input.message()) {
            case RunJob run -> run(input, run);
            case SubmitRun submit -> submit(input, submit);
            case CancelRun cancel -> cancel(input, cancel);
            case CancelJobRuns cancel -> cancelAll(input, cancel);
            case DeleteRun delete -> delete(input, delete);
            case RepairRun repair -> repair(input, repair);
            case DefineJob _, ForgetJob _, ChildStarted _, ChildEnded _ ->
                throw new IllegalArgumentException("only commands are answered");
          };
      answered.put(input.id(), answer);
    }
    changes.reply(input, answer);
  }

  private Reply run(Envelope<RunCommand> input, RunJob command) {
    Reply same = sameToken(input.id(), command.token());
    if (same != null) {
      return same;
    }
    KnownJob job = memory.job(command.job());
    JobDefinition definition = job == null ? null : job.definition;
    if (job == null || job.forgotten || definition == null) {
      Reply no = unknownJob(input.id(), command.job());
      if (command.parent() != null) {
        changes.send(
            Topics.RUN_COMMANDS,
            new ChildEnded(
                command.parent().run(),
                command.parent().attempt(),
                null,
                Result.ERROR,
                Cause.RESOURCE_NOT_FOUND,
                "Job " + command.job() + " does not exist."),
            input);
      }
      return no;
    }
    for (String word : command.only()) {
      String key = Selection.key(word);
      if (definition.tasks().stream().noneMatch(task -> task.key().equals(key))) {
        return refuse(
            input.id(),
            Refusal.INVALID,
            "only: job " + command.job() + " has no task " + key + ".");
      }
    }
    RunRequest request =
        new RunRequest(
            command.parameters(),
            command.jobParameters(),
            Selection.of(definition.tasks(), command.only()),
            command.trigger(),
            null,
            null,
            command.parent(),
            null,
            List.of());
    Admission admission =
        Admission.of(
            definition, room(job, definition), command.queue(), Admission.Asker.of(command));
    return create(input, job, definition, request, command.by(), command.token(), admission);
  }

  private Reply submit(Envelope<RunCommand> input, SubmitRun command) {
    Reply same = sameToken(input.id(), command.token());
    if (same != null) {
      return same;
    }
    int tasks = command.definition().tasks().size();
    if (tasks > flow.mostTasks()) {
      return refuse(
          input.id(),
          Refusal.INVALID,
          "tasks: expected from 1 to " + flow.mostTasks() + " tasks, not " + tasks);
    }
    // The registry mints job ids, too, and does not know of this one.
    long id = changes.lanes().upper(changes.mintId());
    KnownJob job = new KnownJob(id, 1, false, 0, command.definition());
    Admission admission =
        Admission.of(
            command.definition(), room(job, command.definition()), null, Admission.Asker.SOMEBODY);
    if (admission instanceof Admission.Refuse(var why)) {
      return refuse(input.id(), Refusal.WORKSPACE_LIMIT, why);
    }
    memory.keep(job);
    JobStore.putVersion(changes, new JobId(id), 1, command.definition());
    RunRequest request = RunRequest.submitted(command.access());
    return create(
        input, job, command.definition(), request, command.by(), command.token(), admission);
  }

  private Admission.Room room(KnownJob job, JobDefinition definition) {
    boolean fed = memory.permits.idle() > 0 || !Run.beginsWithAWorker(definition);
    return new Admission.Room(job.active(), job.queue.size(), fed, flow.taskLimit());
  }

  private Reply create(
      Envelope<RunCommand> input,
      KnownJob job,
      JobDefinition definition,
      RunRequest request,
      String by,
      @Nullable String token,
      Admission admission) {
    if (admission instanceof Admission.Refuse(var why)) {
      return refuse(input.id(), Refusal.WORKSPACE_LIMIT, why);
    }
    Run run =
        flow.create(
            new Run.Fixed(
                flow.mintRun(),
                new JobId(job.id),
                job.version,
                flow.nextNumber(job),
                input.message() instanceof SubmitRun,
                definition,
                request,
                now,
                input.id(),
                by),
            job,
            admission,
            input);
    if (token != null) {
      tokens.put(token, new AnswerStore.Token(run.id(), run.fixed.numberInJob(), false));
    }
    return Accepted.ofRun(input.id(), run.id(), run.fixed.numberInJob());
  }

  private @Nullable Reply sameToken(String command, @Nullable String token) {
    AnswerStore.Token same =
        token == null ? null : tokens.getOrDefault(token, found.answers().tokens().get(token));
    if (same == null) {
      return null;
    }
    if (same.deleted() || deleted.contains(same.run().value())) {
      return refuse(
          command,
          Refusal.TOKEN_OF_DELETED_RUN,
          "The run " + same.run() + " of this token was deleted.");
    }
    return Accepted.ofRun(command, same.run(), same.numberInJob());
  }

  private Reply cancel(Envelope<RunCommand> input, CancelRun command) {
    long id = command.run().value();
    Becomes end = canceled(command.by());
    Run run = memory.run(id);
    TaskRun task = memory.attempt(id);
    if (run != null) {
      memory.toEnd.add(new LaneMemory.ToEnd(run, end));
    } else if (task != null) {
      memory.toEnd.add(
          new LaneMemory.ToEnd(task.run, task.run.tasks.size() > 1 ? task : null, end));
    } else if (!found.isThere(id) || deleted.contains(id)) {
      return unknownRun(input.id(), command.run());
    }
    return new Accepted(input.id(), null, null, command.run(), null, null);
  }

  private Reply cancelAll(Envelope<RunCommand> input, CancelJobRuns command) {
    KnownJob job = memory.job(command.job());
    if (job == null || job.forgotten) {
      return unknownJob(input.id(), command.job());
    }
    endAll(job, canceled(command.by()));
    return keep(Accepted.of(input.id())); // once more it would end runs that came since
  }

  private static Becomes canceled(String by) {
    return new Becomes(Result.CANCELED, Cause.CANCELED_BY_USER, "Canceled by " + by + ".");
  }

  private Reply delete(Envelope<RunCommand> input, DeleteRun command) {
    long id = command.run().value();
    if (isActive(id)) {
      return refuse(
          input.id(),
          Refusal.RUN_IS_ACTIVE,
          "Run " + id + " is active; cancel it and wait for its end before deleting it.");
    }
    Run run = over(id);
    if (run == null) {
      return unknownRun(input.id(), command.run());
    }
    deleted.add(id);
    // What the run itself stood for until now: the answer to the command that made it.
    Reply ofRun = Accepted.ofRun(run.fixed.commandId(), run.id(), run.fixed.numberInJob());
    answered.put(ofRun.command(), ofRun);
    kept.add(ofRun);
    return keep(Accepted.of(input.id()));
  }

  private Reply repair(Envelope<RunCommand> input, RepairRun command) {
    long id = command.run().value();
    if (isActive(id)) {
      return refuse(input.id(), Refusal.RUN_IS_ACTIVE, "Run " + id + " is active.");
    }
    Run run = over(id);
    if (run == null) {
      return unknownRun(input.id(), command.run());
    }
    Long latest = found.repairs().get(id);
    if (!Objects.equals(latest, command.latestRepair())) {
      return refuse(
          input.id(),
          Refusal.STALE_REPAIR,
          latest == null
              ? "latest_repair_id: expected none, for run " + id + " was not repaired yet"
              : "latest_repair_id: expected "
                  + latest
                  + ", the latest repair of run "
                  + id
                  + ", not "
                  + command.latestRepair());
    }
    List<Task> graph = run.graph();
    for (String key : command.tasks()) {
      if (graph.stream().noneMatch(task -> task.key().equals(key))) {
        return refuse(
            input.id(), Refusal.INVALID, "rerun_tasks: run " + id + " has no task " + key + ".");
      }
    }
    Set<String> again =
        Graph.toRepair(
            graph,
            run.ended(),
            Set.copyOf(command.tasks()),
            command.allFailed(),
            command.dependents());
    if (again.isEmpty()) {
      return refuse(input.id(), Refusal.INVALID, "Run " + id + " has no task to run again.");
    }
    KnownJob job = Objects.requireNonNull(memory.job(run.fixed.job()));
    long repairId = changes.mintId();
    flow.repair(run, job, again, repairId);
    found.repairs().put(id, repairId);
    return keep(new Accepted(input.id(), null, null, command.run(), null, repairId));
  }

  /** Also when it came to its end in this batch: whoever asks cannot know that yet. */
  private boolean isActive(long id) {
    return memory.run(id) != null || found.wasActive(id);
  }

  /** A run that is over and not hidden. */
  private @Nullable Run over(long id) {
    Run run = found.runs().get(id);
    if (run == null || run.end == null || deleted.contains(id)) {
      return null;
    }
    KnownJob job = memory.job(run.fixed.job());
    return job == null || job.forgotten ? null : run;
  }

  private Reply unknownJob(String command, JobId job) {
    return refuse(command, Refusal.UNKNOWN_JOB, "Job " + job + " does not exist.");
  }

  private Reply unknownRun(String command, RunId run) {
    return refuse(command, Refusal.UNKNOWN_RUN, "Run " + run + " does not exist.");
  }

  private Reply refuse(String command, Refusal reason, String message) {
    return keep(new Refused(command, reason, message));
  }

  private Reply keep(Reply reply) {
    kept.add(reply);
    return reply;
  }

  void write() {
    AnswerStore.presumeNew(changes, found.presumedNew());
    AnswerStore.addTokens(changes, tokens);
    AnswerStore.keep(changes, kept);
    RunStore.delete(changes, deleted);
  }
}
