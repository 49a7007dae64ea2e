package io.mutirao.gateway.databricks.clusters;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  record Details(int currentNumWorkers, int targetNumWorkers, String instanceId) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Event(String clusterId, long timestamp, String type, Details details) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Events(List<Event> events, int totalCount, @Nullable ObjectNode nextPage) {}

  private ClustersWire() {}
}
