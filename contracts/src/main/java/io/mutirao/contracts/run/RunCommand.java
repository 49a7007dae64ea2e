package io.mutirao.contracts.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.LaneKey;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.topic.Message;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What may be asked of the dispatcher, on {@code run.commands}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface RunCommand extends Message {

  /** The id that gives the lane; of a job and of its runs it is the same lane. */
  @Nullable LaneKey laneKey();

  @Override
  default int lane(Lanes lanes, String messageId) {
    LaneKey key = laneKey();
    return key == null ? lanes.of(messageId) : lanes.of(key);
  }

  @Override
  default String key(String messageId) {
    LaneKey key = laneKey();
    return key == null ? messageId : key.toString();
  }

  /** Only of the registry: a new version of a job. A lower or equal version is ignored. */
  record DefineJob(JobId job, long version, JobDefinition definition, String createdBy)
      implements RunCommand {
    public DefineJob {
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(definition, "definition is missing");
      Objects.requireNonNull(createdBy, "createdBy is missing");
    }

    @Override
    public LaneKey laneKey() {
      return job;
    }
  }

  /** Only of the registry: the job is gone; its active runs end and its history is hidden. */
  record ForgetJob(JobId job, long version) implements RunCommand {
    public ForgetJob {
      Objects.requireNonNull(job, "job is missing");
    }

    @Override
    public LaneKey laneKey() {
      return job;
    }
  }

  /**
   * Runs a saved job now.
   *
   * @param parameters by kind of task: what replaces {@code spec.parameters} of the tasks of that
   *     kind, in this run only
   * @param token at most 64 characters; two requests with one token give one run, whenever they
   *     come and whichever job they name
   * @param by the user who asks
   * @param jobParameters values for the job's parameters, by name; the others have their defaults
   * @param queue whether the run waits when it cannot start at once; null: as the job says
   * @param only the keys of the tasks to run, {@code +KEY} for all that it waits for too, {@code
   *     KEY+} for all that wait for it; empty: all of them
   * @param trigger what asks; null: {@link RunTrigger#ONE_TIME}
   * @param parent only of the dispatcher: the task that waits for this run
   */
  record RunJob(
      JobId job,
      Map<String, JsonNode> parameters,
      @Nullable String token,
      String by,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> jobParameters,
      @Nullable Boolean queue,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> only,
      @Nullable RunTrigger trigger,
      @Nullable Parent parent)
      implements RunCommand {

    public RunJob {
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(by, "by is missing");
      parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
      jobParameters = jobParameters == null ? Map.of() : Map.copyOf(jobParameters);
      only = only == null ? List.of() : List.copyOf(only);
      requireShort(token);
    }

    /** A run of a whole job that somebody asked for. */
    public static RunJob of(
        JobId job, Map<String, JsonNode> parameters, @Nullable String token, String by) {
      return new RunJob(job, parameters, token, by, Map.of(), null, List.of(), null, null);
    }

    @Override
    public LaneKey laneKey() {
      return job;
    }
  }

  /**
   * Runs something once that is no saved job. It gets a job id that no list of jobs shows.
   *
   * @param token as of {@link RunJob}
   * @param by the user who asks, and whose run it is
   * @param access who else may do what with the run
   */
  record SubmitRun(
      JobDefinition definition,
      @Nullable String token,
      String by,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Grant> access)
      implements RunCommand {

    public SubmitRun {
      Objects.requireNonNull(definition, "definition is missing");
      Objects.requireNonNull(by, "by is missing");
      access = access == null ? List.of() : List.copyOf(access);
      requireShort(token);
    }

    /** None: its ids are minted in whichever lane it comes to. */
    @Override
    public @Nullable LaneKey laneKey() {
      return null;
    }
  }

  /**
   * A task that waits for a run of another job.
   *
   * @param depth how many tasks wait above it
   */
  record Parent(RunId run, AttemptId attempt, int depth) {

    public Parent {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(attempt, "attempt is missing");
    }
  }

  /** Only of the dispatcher: the run that a task waits for was accepted. */
  record ChildStarted(RunId run, AttemptId attempt, RunId child) implements RunCommand {

    public ChildStarted {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(attempt, "attempt is missing");
      Objects.requireNonNull(child, "child is missing");
    }

    @Override
    public LaneKey laneKey() {
      return run;
    }
  }

  /**
   * Only of the dispatcher: the run that a task waits for is over, or was refused.
   *
   * @param child null: it was refused
   */
  record ChildEnded(
      RunId run,
      AttemptId attempt,
      @Nullable RunId child,
      Result result,
      Cause cause,
      String message)
      implements RunCommand {

    public ChildEnded {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(attempt, "attempt is missing");
      Objects.requireNonNull(result, "result is missing");
      Objects.requireNonNull(cause, "cause is missing");
      Objects.requireNonNull(message, "message is missing");
    }

    @Override
    public LaneKey laneKey() {
      return run;
    }
  }

  /** Ends a run, with its whole process tree. Of a run that is over: accepted, nothing happens. */
  record CancelRun(RunId run, String by) implements RunCommand {
    public CancelRun {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(by, "by is missing");
    }

    @Override
    public LaneKey laneKey() {
      return run;
    }
  }

  /**
   * Ends all runs of a job that are active now, as {@link CancelRun} does; later ones may start.
   */
  record CancelJobRuns(JobId job, String by) implements RunCommand {

    public CancelJobRuns {
      Objects.requireNonNull(job, "job is missing");
      Objects.requireNonNull(by, "by is missing");
    }

    @Override
    public LaneKey laneKey() {
      return job;
    }
  }

  /** Takes a run that is over out of the history. Of a run that is active: refused. */
  record DeleteRun(RunId run, String by) implements RunCommand {

    public DeleteRun {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(by, "by is missing");
    }

    @Override
    public LaneKey laneKey() {
      return run;
    }
  }

  /**
   * Runs some tasks of a run again that is over.
   *
   * @param tasks their keys
   * @param allFailed also every task that did not succeed
   * @param dependents also what waits for any of them
   * @param latestRepair the run's latest repair as the caller knows it; null: it has none. Anything
   *     else is refused
   * @param parameters as of {@link RunJob}; absent kinds and names stay as they were
   * @param jobParameters as of {@link RunJob}
   * @param by the user who asks
   */
  record RepairRun(
      RunId run,
      List<String> tasks,
      boolean allFailed,
      boolean dependents,
      @Nullable Long latestRepair,
      Map<String, JsonNode> parameters,
      Map<String, String> jobParameters,
      String by)
      implements RunCommand {

    public RepairRun {
      Objects.requireNonNull(run, "run is missing");
      Objects.requireNonNull(by, "by is missing");
      tasks = tasks == null ? List.of() : List.copyOf(tasks);
      parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
      jobParameters = jobParameters == null ? Map.of() : Map.copyOf(jobParameters);
    }

    @Override
    public LaneKey laneKey() {
      return run;
    }
  }

  private static void requireShort(@Nullable String token) {
    if (token != null && (token.isEmpty() || token.length() > 64)) {
      throw new IllegalArgumentException("token: 1 to 64 characters, not " + token.length());
    }
  }
}
