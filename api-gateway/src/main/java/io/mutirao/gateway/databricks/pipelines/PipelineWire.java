package io.mutirao.gateway.databricks.pipelines;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the Pipelines API shows. */
final class PipelineWire {

  /** CreatePipelineResponse; one that was only tried out has no id. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Made(@Nullable String pipelineId, @Nullable ObjectNode effectiveSettings) {}

  /** GetPipelineResponse. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Pipeline(
      String pipelineId,
      ObjectNode spec,
      String state,
      String health,
      String name,
      String creatorUserName,
      String runAsUserName,
      long lastModified,
      List<UpdateState> latestUpdates) {}

  /** PipelineStateInfo. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Status(
      String pipelineId,
      String state,
      String health,
      String name,
      String creatorUserName,
      String runAsUserName,
      List<UpdateState> latestUpdates) {}

  /** ListPipelinesResponse. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Statuses(List<Status> statuses, @Nullable String nextPageToken) {}

  /**
   * UpdateStateInfo.
   *
   * @param creationTime as RFC 3339 has it
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record UpdateState(String updateId, String state, String creationTime) {}

  /** UpdateInfo. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Update(
      String pipelineId,
      String updateId,
      String state,
      String cause,
      boolean fullRefresh,
      boolean validateOnly,
      long creationTime,
      ObjectNode config) {}

  /** GetUpdateResponse. */
  record Found(Update update) {}

  /** StartUpdateResponse. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Started(String updateId) {}

  /** ListUpdatesResponse. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Updates(List<Update> updates, @Nullable String nextPageToken) {}

  private PipelineWire() {}
}
