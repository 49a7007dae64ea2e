package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.annotation.JsonProperty;
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
 * @param clusterInstance none until a new cluster has its id
 * @param overridingParameters none when the run was requested without
 * @param endTime 0 while the run is not over
 */
@JsonNaming(SnakeCaseStrategy.class)
record RunWire(
    long jobId,
    long runId,
    String creatorUserName,
    long numberInJob,
    long originalAttemptRunId,
    State state,
    ObjectNode task,
    ObjectNode clusterSpec,
    @Nullable ClusterInstance clusterInstance,
    @Nullable Map<String, JsonNode> overridingParameters,
    long startTime,
    long setupDuration,
    long executionDuration,
    long cleanupDuration,
    long endTime,
    String trigger,
    String runName,
    String runPageUrl,
    String runType,
    int attemptNumber) {

  /** RunState. */
  @JsonNaming(SnakeCaseStrategy.class)
  record State(
      String lifeCycleState,
      @Nullable String resultState,
      @JsonProperty("user_cancelled_or_timedout") boolean userCancelledOrTimedOut,
      String stateMessage) {}

  /** ClusterInstance. */
  @JsonNaming(SnakeCaseStrategy.class)
  record ClusterInstance(String clusterId) {}

  /** The answer of jobs/run-now. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Made(long runId, long numberInJob) {}

  /** The answer of runs/list. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Page(List<RunWire> runs, boolean hasMore) {}

  /**
   * The answer of runs/get-output.
   *
   * @param logs what the task printed, as far as it is kept
   * @param logsTruncated whether it printed more
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Output(
      RunWire metadata,
      @Nullable String error,
      @Nullable ObjectNode notebookOutput,
      String logs,
      boolean logsTruncated) {}
}
