package io.mutirao.worker.runner.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.worker.library.Variables;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A cluster of the settings as what Spark is told. Pure.
 *
 * @param master where the executors are
 * @param conf in the order of the settings
 * @param variables of the driver; executors get them, too
 */
record ClusterSettings(String master, Map<String, String> conf, Map<String, String> variables) {

  static final String LOCAL = "local[*]";
  private static final String MASTER = "spark.master";

  /**
   * Of a task.
   *
   * @param cluster {@code new_cluster}; empty for none
   * @param configured the master of this worker, if it has one
   * @param nodes cores and memory by type of node
   */
  static ClusterSettings of(
      ObjectNode cluster, java.util.Optional<String> configured, Map<String, String> nodes) {
    Map<String, String> given = texts(cluster.path("spark_conf"));
    Map<String, String> variables = Variables.of(cluster);
    String wanted = String.valueOf(given.remove(MASTER));
    // A cluster without workers is its driver, as Databricks has it.
    boolean alone = cluster.path("num_workers").asInt(-1) == 0 || wanted.startsWith("local");
    boolean local = configured.isEmpty() || alone;
    Map<String, String> conf = new LinkedHashMap<>();
    if (!local) {
      size(cluster, nodes, conf);
    }
    variables.forEach((name, value) -> conf.put("spark.executorEnv." + name, value));
    conf.putAll(given); // what is said in so many words wins
    String master = configured.filter(_ -> !local).orElse(LOCAL);
    return new ClusterSettings(
        local && wanted.startsWith("local") ? wanted : master, conf, variables);
  }

  private static void size(ObjectNode cluster, Map<String, String> nodes, Map<String, String> to) {
    JsonNode autoscale = cluster.path("autoscale");
    String[] node = nodes.getOrDefault(cluster.path("node_type_id").asText(""), "").split(":", 2);
    int cores = node[0].matches("\\d{1,4}") ? Integer.parseInt(node[0]) : 0;
    if (cores > 0) {
      to.put("spark.executor.cores", node[0]);
    }
    if (node.length > 1) {
      to.put("spark.executor.memory", node[1]);
    }
    if (autoscale.isObject()) {
      int least = autoscale.path("min_workers").asInt();
      int most = autoscale.path("max_workers").asInt();
      to.put("spark.dynamicAllocation.enabled", "true");
      to.put("spark.dynamicAllocation.shuffleTracking.enabled", "true");
      to.put("spark.dynamicAllocation.minExecutors", Integer.toString(least));
      to.put("spark.dynamicAllocation.initialExecutors", Integer.toString(least));
      to.put("spark.dynamicAllocation.maxExecutors", Integer.toString(most));
    } else if (cluster.path("num_workers").asInt() > 0) {
      int workers = cluster.path("num_workers").asInt();
      to.put("spark.executor.instances", Integer.toString(workers));
      if (cores > 0) {
        to.put("spark.cores.max", Long.toString((long) workers * cores));
      }
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (var field : object.properties()) {
      texts.put(field.getKey(), field.getValue().asText());
    }
    return texts;
  }
}
