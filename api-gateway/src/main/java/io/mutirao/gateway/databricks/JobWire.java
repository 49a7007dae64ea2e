package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Job.
 *
 * @param runAs as the document of 2.0 calls it
 * @param runAsUserName the same, as clients read it
 * @param createdTime milliseconds since 1970
 */
@JsonNaming(SnakeCaseStrategy.class)
record JobWire(
    long jobId,
    String creatorUserName,
    String runAs,
    String runAsUserName,
    ObjectNode settings,
    long createdTime) {

  /** The answer of jobs/create: whole numbers only, some clients read it as a map of them. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Created(long jobId) {}

  /** The answer of jobs/list: the field is there also when there is no job. */
  record All(List<JobWire> jobs) {}
}
