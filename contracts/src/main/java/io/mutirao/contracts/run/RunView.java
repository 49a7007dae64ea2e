package io.mutirao.contracts.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run as the dispatcher shows it. Its definition does not go with it, but is fetched once for all
 * runs of a version: {@code GET /definitions}.
 *
 * @param submitted whether it is a run of no saved job
 * @param trigger what started it
 * @param firstRun the run of which this is a retry, through all retries; itself when it is none
 * @param attemptNumber of this run among the retries of {@code firstRun}, from 0
 * @param version of its job, that it was started with
 * @param definition of that version; null while it is on the way
 * @param result only when {@code phase} is FINISHED, and then always
 * @param cause as {@code result}; while {@code phase} is QUEUED, the limit that it waits for
 * @param message why it is where it is, for a person; may be empty
 * @param parameters as they were asked for
 * @param jobParameters the values of the job's parameters, defaults included
 * @param createdAt when the run was accepted
 * @param startedAt when its first task started, if one did
 * @param endedAt when it was over, if it is
 * @param tasks in the order of the definition; of each its latest attempt
 * @param iterations of tasks that are loops, of each its latest attempt, by task and number
 * @param earlier the attempts before those, oldest first
 * @param repairs its executions, oldest first, if it was repaired at all: number 0 is the original
 * @param access who else than {@code by} may do what with it, if it is of no saved job
 */
public record RunView(
    RunId run,
    JobId job,
    long numberInJob,
    boolean submitted,
    RunTrigger trigger,
    RunId firstRun,
    int attemptNumber,
    Phase phase,
    @Nullable Result result,
    @Nullable Cause cause,
    String message,
    Map<String, JsonNode> parameters,
    Map<String, String> jobParameters,
    String by,
    long version,
    @JsonIgnore @Nullable JobDefinition definition,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    List<TaskRun> tasks,
    List<TaskRun> iterations,
    List<TaskRun> earlier,
    List<Repair> repairs,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Grant> access) {

  public RunView {
    tasks = List.copyOf(tasks);
    iterations = List.copyOf(iterations);
    earlier = List.copyOf(earlier);
    repairs = List.copyOf(repairs);
    access = access == null ? List.of() : List.copyOf(access);
  }

  /** What it was started with. */
  @Override
  public JobDefinition definition() {
    return Objects.requireNonNull(definition, "its definition is not here yet");
  }

  /** Which definition that is. */
  public JobVersion jobVersion() {
    return new JobVersion(job, version);
  }

  public RunView with(JobDefinition its) {
    return new RunView(
        run,
        job,
        numberInJob,
        submitted,
        trigger,
        firstRun,
        attemptNumber,
        phase,
        result,
        cause,
        message,
        parameters,
        jobParameters,
        by,
        version,
        its,
        createdAt,
        startedAt,
        endedAt,
        tasks,
        iterations,
        earlier,
        repairs,
        access);
  }

  /** The same, with other words for where it is. */
  public RunView saying(String words, List<TaskRun> ofTasks, List<TaskRun> ofIterations) {
    return new RunView(
        run,
        job,
        numberInJob,
        submitted,
        trigger,
        firstRun,
        attemptNumber,
        phase,
        result,
        cause,
        words,
        parameters,
        jobParameters,
        by,
        version,
        definition,
        createdAt,
        startedAt,
        endedAt,
        ofTasks,
        ofIterations,
        earlier,
        repairs,
        access);
  }

  /**
   * One attempt of a task of a run.
   *
   * @param id of the attempt; dialects show it as the task's own run
   * @param attemptNumber from 0, within one execution of the run
   * @param repair the execution it belongs to: 0 for the original one
   * @param outcome of a condition: {@code true} or {@code false}
   * @param childRun of a task that runs another job
   * @param iteration of a loop, its number from 0; its {@code key} is that of the loop
   * @param createdAt when it was offered first, or when its run was accepted
   * @param executedUntil when its program had ended and cleaning up began; null: as {@code endedAt}
   */
  public record TaskRun(
      AttemptId id,
      String key,
      int attemptNumber,
      int repair,
      Phase phase,
      @Nullable Result result,
      @Nullable Cause cause,
      String message,
      @Nullable String outcome,
      @Nullable RunId childRun,
      @Nullable Integer iteration,
      @Nullable WorkerId worker,
      Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant executedUntil,
      @Nullable Instant endedAt) {

    /** The same, with other words for where it is. */
    public TaskRun saying(String words) {
      return new TaskRun(
          id,
          key,
          attemptNumber,
          repair,
          phase,
          result,
          cause,
          words,
          outcome,
          childRun,
          iteration,
          worker,
          createdAt,
          startedAt,
          executedUntil,
          endedAt);
    }
  }

  /**
   * One execution of a run that was repaired.
   *
   * @param id what the caller of the repair was answered; 0 for the original execution
   * @param number 0 for the original execution, from 1 for repairs
   * @param result only when {@code phase} is FINISHED
   * @param attempts what it ran
   */
  public record Repair(
      long id,
      int number,
      Phase phase,
      @Nullable Result result,
      @Nullable Cause cause,
      String message,
      Instant startedAt,
      @Nullable Instant endedAt,
      List<AttemptId> attempts) {}

  /** The only task of a run that has one, or the one with this attempt. */
  public @Nullable TaskRun taskOf(long id) {
    for (TaskRun task : tasks) {
      if (task.id().value() == id || (id == run.value() && tasks.size() == 1)) {
        return task;
      }
    }
    return Stream.concat(iterations.stream(), earlier.stream())
        .filter(task -> task.id().value() == id)
        .findAny()
        .orElse(null);
  }
}
