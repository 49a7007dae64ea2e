package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;

/** Clusters as pools: an existing one names a pool, a new one is the default pool. */
final class ClusterMapping {

  private static final String EXISTING = "existing_cluster_id";
  private static final String NEW = "new_cluster";

  static String pool(Fields settings, String kind) throws Rejected {
    Fields fresh = settings.object(NEW);
    if (settings.has(EXISTING)) {
      if (fresh != null) {
        throw Rejected.invalid("Only one of new_cluster and existing_cluster_id is allowed");
      }
      return settings.text(EXISTING);
    }
    if (fresh != null) {
      check(fresh);
    } else if (needsCluster(kind)) {
      throw Rejected.invalid(
          "One of job_cluster_key, new_cluster, or existing_cluster_id must be specified.");
    }
    return JobDefinition.DEFAULT_POOL;
  }

  private static boolean needsCluster(String kind) {
    for (TaskField field : TaskField.values()) {
      if (field.kind.equals(kind)) {
        return field.needsCluster;
      }
    }
    return true;
  }

  /** The outline only: what the pieces mean is for those who will start clusters. */
  private static void check(Fields cluster) throws Rejected {
    cluster.text("spark_version");
    Fields autoscale = cluster.object("autoscale");
    if (autoscale != null) {
      if (cluster.has("num_workers")) {
        throw Rejected.invalid("new_cluster: only one of num_workers and autoscale is allowed");
      }
      int least = autoscale.whole("min_workers", 0, Integer.MAX_VALUE, 0);
      if (autoscale.whole("max_workers", 0, Integer.MAX_VALUE, 0) <= least) {
        throw autoscale.wrong("max_workers", "more than min_workers, " + least);
      }
    } else if (!cluster.has("num_workers")) {
      throw Rejected.invalid("Missing required field: settings.cluster_spec.new_cluster.size");
    }
    cluster.whole("num_workers", 0, Integer.MAX_VALUE, 0);
    cluster.optionalText("node_type_id");
    cluster.object("spark_conf");
    cluster.object("custom_tags");
    Ascii.map(cluster, "spark_env_vars");
  }

  /** What a run shows of the cluster that it was made for. */
  static ObjectNode spec(ObjectNode settings) {
    ObjectNode spec = settings.objectNode();
    copy(settings, EXISTING, spec);
    copy(settings, NEW, spec);
    copy(settings, "libraries", spec);
    return spec;
  }

  private static void copy(ObjectNode from, String name, ObjectNode to) {
    if (from.hasNonNull(name)) {
      to.set(name, from.get(name));
    }
  }

  private ClusterMapping() {}
}
