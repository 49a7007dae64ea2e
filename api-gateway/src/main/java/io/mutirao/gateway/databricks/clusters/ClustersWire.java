package io.mutirao.gateway.databricks.clusters;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/** What is answered about clusters. */
final class ClustersWire {

  record Version(String key, String name) {}

  record Versions(List<Version> versions) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record NodeType(
      String nodeTypeId,
      int memoryMb,
      double numCores,
      String description,
      String instanceTypeId,
      boolean isDeprecated,
      String category,
      int numGpus) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record NodeTypes(List<NodeType> nodeTypes) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Cluster(
      String clusterId,
      String clusterName,
      String state,
      String stateMessage,
      String clusterSource,
      String sparkVersion,
      String nodeTypeId,
      int numWorkers) {}

  record Clusters(List<Cluster> clusters) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Events(List<String> events, int totalCount) {}

  private ClustersWire() {}
}
