package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Job.
 *
 * @param creatorUserName none when the user was deleted
 * @param runAs as the document of 2.0 calls it, and only there
 * @param runAsUserName the same, as clients read it
 * @param createdTime milliseconds since 1970
 * @param hasMore in a list of 2.2: the job has longer arrays than are shown
 * @param nextPageToken of 2.2: where the arrays go on
 */
@JsonNaming(SnakeCaseStrategy.class)
record JobWire(
    long jobId,
    @Nullable String creatorUserName,
    @Nullable String runAs,
    String runAsUserName,
    ObjectNode settings,
    long createdTime,
    @Nullable Boolean hasMore,
    @Nullable String nextPageToken) {

  /** The answer of jobs/create: whole numbers only, some clients read it as a map of them. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Created(long jobId) {}

  /**
   * The answer of jobs/list: jobs is there also when there is none.
   *
   * @param hasMore of 2.1 only
   * @param nextPageToken absent at the end
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Page(
      List<JobWire> jobs,
      @Nullable Boolean hasMore,
      @Nullable String nextPageToken,
      @Nullable String prevPageToken) {}
}
