package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Run. Times are milliseconds since 1970, durations milliseconds.
 *
 * @param jobRunId of a task that is asked for by its own id, the run that it belongs to
 * @param status from 2.1 on, beside {@code state}
 * @param creatorUserName none when the user was deleted
 * @param schedule of a run that a schedule started
 * @param task of a run of one task; from 2.1 on only of a task that is asked for by its own id
 * @param tasks of 2.0 only for jobs that have several
 * @param clusterInstance none until a new cluster has its id
 * @param overridingParameters none when the run was requested without
 * @param runDuration only of a run of several tasks
 * @param iterations of a loop that is asked for by its own id
 * @param repairHistory only when it was asked for
 */
@JsonNaming(SnakeCaseStrategy.class)
record RunWire(
    long jobId,
    long runId,
    @Nullable Long jobRunId,
    @Nullable String creatorUserName,
    long numberInJob,
    long originalAttemptRunId,
    State state,
    @Nullable Status status,
    @Nullable JsonNode schedule,
    @Nullable ObjectNode task,
    @Nullable List<TaskRun> tasks,
    @Nullable JsonNode jobClusters,
    @Nullable ObjectNode clusterSpec,
    @Nullable ClusterInstance clusterInstance,
    @Nullable JsonNode gitSource,
    @Nullable ObjectNode overridingParameters,
    @Nullable List<JobParameter> jobParameters,
    @JsonUnwrapped Times times,
    @Nullable Long runDuration,
    String trigger,
    String runName,
    String runPageUrl,
    String runType,
    int attemptNumber,
    @Nullable String format,
    @Nullable String description,
    @Nullable List<TaskRun> iterations,
    @Nullable List<Execution> repairHistory,
    @Nullable Boolean hasMore,
    @Nullable String nextPageToken) {

  /** RunState. */
  @JsonNaming(SnakeCaseStrategy.class)
  record State(
      String lifeCycleState,
      @Nullable String resultState,
      @JsonProperty("user_cancelled_or_timedout") boolean userCancelledOrTimedOut,
      String stateMessage) {}

  /** RunStatus. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Status(
      String state, @Nullable Details queueDetails, @Nullable Details terminationDetails) {}

  /** QueueDetails, and TerminationDetails, which also have a type. */
  record Details(String code, @Nullable String type, String message) {}

  /** ClusterInstance. */
  @JsonNaming(SnakeCaseStrategy.class)
  record ClusterInstance(String clusterId, @Nullable String sparkContextId) {}

  /**
   * Of Run and RunTask; the end is 0 until it is there, durations of a run of several tasks are 0.
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Times(
      long startTime,
      long setupDuration,
      long executionDuration,
      long cleanupDuration,
      long endTime) {}

  /** JobParameter: {@code value} only when it is not the default. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record JobParameter(
      String name, @JsonProperty("default") @Nullable String otherwise, @Nullable String value) {}

  /** RunTask: beside these, what the settings say of the task. */
  @JsonNaming(SnakeCaseStrategy.class)
  record TaskRun(
      long runId,
      String taskKey,
      State state,
      @Nullable Status status,
      @JsonUnwrapped Times times,
      int attemptNumber,
      @Nullable ClusterInstance clusterInstance,
      String runPageUrl,
      @JsonAnyGetter Map<String, JsonNode> settings) {}

  /** RepairHistoryItem: the original execution, which has no id, or a repair. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Execution(
      String type,
      @Nullable Long id,
      long startTime,
      long endTime,
      State state,
      @Nullable Status status,
      List<Long> taskRunIds) {}

  /** The answer of jobs/run-now. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Made(long runId, long numberInJob) {}

  /** The answer of runs/submit. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Submitted(long runId) {}

  /** The answer of runs/repair. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Repaired(long repairId) {}

  /**
   * The answer of runs/list.
   *
   * @param hasMore of 2.0 and 2.1
   * @param nextPageToken from 2.1 on; absent at the end
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Page(
      List<RunWire> runs,
      @Nullable Boolean hasMore,
      @Nullable String nextPageToken,
      @Nullable String prevPageToken) {}

  /**
   * The answer of runs/get-output.
   *
   * @param errorTrace of a Python program, where it failed
   * @param sqlOutput of a SQL task, with the rows themselves
   * @param logs what the task printed, as far as it is kept
   * @param logsTruncated whether it printed more
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Output(
      RunWire metadata,
      @Nullable String error,
      @Nullable String errorTrace,
      @Nullable ObjectNode notebookOutput,
      @Nullable ObjectNode runJobOutput,
      @Nullable ObjectNode sqlOutput,
      String logs,
      boolean logsTruncated) {}

  /** The answer of runs/export. */
  record Views(List<View> views) {}

  /** ViewItem. */
  record View(String content, String name, String type) {}
}
