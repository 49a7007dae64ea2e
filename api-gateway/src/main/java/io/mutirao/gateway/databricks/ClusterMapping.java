package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.databricks.TaskField.Cluster;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Clusters as pools: an existing one names a pool, a new one is the default pool. */
final class ClusterMapping {

  static final String EXISTING = "existing_cluster_id";
  static final String NEW = "new_cluster";

  private static final int MAX_TAGS = 45;
  private static final int MAX_TAG_KEY = 512;
  private static final int MAX_TAG_VALUE = 256;
  private static final List<String> RESERVED = List.of("azure", "microsoft", "windows");

  /** Where a task runs. */
  static String pool(Fields task, TaskSpec what, Clusters clusters) throws Rejected {
    Fields fresh = task.object(NEW);
    boolean named = clusters.named(task);
    String existing = task.has(EXISTING) ? task.text(EXISTING) : null;
    if (fresh != null && existing != null) {
      throw Rejected.invalid(
          TaskSpec.where(task) + "Only one of new_cluster and existing_cluster_id is allowed");
    }
    if (task.has("job_cluster_key") && (fresh != null || existing != null)) {
      throw Rejected.invalid(
          TaskSpec.where(task)
              + "Only one of job_cluster_key, new_cluster, and existing_cluster_id is allowed");
    }
    if (fresh != null) {
      check(fresh);
    } else if (existing == null && !named && needed(what.cluster(), clusters.version())) {
      throw Rejected.invalid(
          TaskSpec.where(task)
              + "One of job_cluster_key, new_cluster, or existing_cluster_id must be specified.");
    }
    if (what.kind().equals(TaskField.SUBMIT.kind)) {
      checkSubmit(task, fresh, existing != null);
    }
    return existing == null ? JobDefinition.DEFAULT_POOL : existing;
  }

  private static boolean needed(Cluster cluster, Version version) {
    return switch (cluster) {
      case NEEDED -> true;
      case SERVERLESS_TOO -> version != Version.V2_2;
      case NONE -> false;
    };
  }

  private static void checkSubmit(Fields task, @Nullable Fields fresh, boolean existing)
      throws Rejected {
    if (existing) {
      throw Rejected.field(task.at(EXISTING), "spark_submit_task runs on a new_cluster only");
    }
    if (fresh != null && fresh.has("spark_conf")) {
      throw Rejected.field(
          fresh.at("spark_conf"), "not supported with spark_submit_task, use --conf");
    }
  }

  /** What the pieces mean is for those who will start clusters. */
  static void check(Fields cluster) throws Rejected {
    cluster.text("spark_version");
    size(cluster);
    nodes(cluster);
    tags(cluster);
    variables(cluster);
    conf(cluster.object("spark_conf"));
    cluster.flag("enable_elastic_disk");
    Fields logs = cluster.object("cluster_log_conf");
    if (logs != null) {
      destination(logs, List.of("dbfs", "s3", "volumes"));
    }
    for (Fields script : cluster.objects("init_scripts")) {
      destination(script, List.of("workspace", "dbfs", "abfss", "file", "s3", "gcs", "volumes"));
    }
    azure(cluster.object("azure_attributes"));
  }

  /** What no program can be started with would fail each run. */
  private static void variables(Fields cluster) throws Rejected {
    Ascii.map(cluster, "spark_env_vars");
    Fields variables = cluster.object("spark_env_vars");
    if (variables == null) {
      return;
    }
    for (var each : variables.node().properties()) {
      String name = each.getKey();
      if (name.isEmpty()
          || name.contains("=")
          || (name + each.getValue().asText()).contains("\0")) {
        throw Rejected.field(
            cluster.at("spark_env_vars"),
            "expected names without = and values without NUL, not '%s'"
                .formatted(name.replace("\0", "?")));
      }
    }
  }

  /** Values may be written as numbers and flags, too (Jobs API 2.0, NewCluster). */
  private static void conf(@Nullable Fields conf) throws Rejected {
    if (conf == null) {
      return;
    }
    for (var each : conf.node().properties()) {
      if (!each.getValue().isValueNode() || each.getValue().isNull()) {
        throw conf.wrong(each.getKey(), "a string, a number or a boolean");
      }
    }
  }

  private static void size(Fields cluster) throws Rejected {
    Fields autoscale = cluster.object("autoscale");
    if (autoscale == null) {
      if (!cluster.has("num_workers") && !cluster.flag("is_single_node")) {
        throw Rejected.invalid(
            "Missing required field: settings.cluster_spec.new_cluster.size,"
                + " expected num_workers or autoscale");
      }
      cluster.whole("num_workers", 0, Integer.MAX_VALUE, 0);
      return;
    }
    if (cluster.has("num_workers")) {
      throw Rejected.invalid(
          TaskSpec.where(cluster) + "only one of num_workers and autoscale is allowed");
    }
    for (String name : List.of("min_workers", "max_workers")) {
      if (!autoscale.has(name)) {
        throw Rejected.field(
            autoscale.at(name), "required field is missing, expected a whole number");
      }
    }
    int least = autoscale.whole("min_workers", 0, Integer.MAX_VALUE, 0);
    if (autoscale.whole("max_workers", 0, Integer.MAX_VALUE, 0) <= least) {
      throw autoscale.wrong("max_workers", "more than min_workers, " + least);
    }
  }

  private static void nodes(Fields cluster) throws Rejected {
    List<String> any = List.of("node_type_id", "instance_pool_id", "policy_id");
    for (String name : any) {
      cluster.optionalText(name);
    }
    if (any.stream().noneMatch(cluster::has) && !cluster.has("node_type_flexibility")) {
      throw Rejected.field(
          cluster.at("node_type_id"),
          "required field is missing, expected a string; instance_pool_id or policy_id will do");
    }
    cluster.optionalText("driver_node_type_id");
    if (cluster.optionalText("driver_instance_pool_id") != null
        && !cluster.has("instance_pool_id")) {
      throw Rejected.field(
          cluster.at("instance_pool_id"), "required with driver_instance_pool_id, as a string");
    }
  }

  private static void tags(Fields cluster) throws Rejected {
    Map<String, String> tags = Texts.map(cluster, "custom_tags");
    if (tags.size() > MAX_TAGS) {
      throw Rejected.field(
          cluster.at("custom_tags"), "at most " + MAX_TAGS + " are allowed, not " + tags.size());
    }
    for (var tag : tags.entrySet()) {
      String key = tag.getKey();
      String wrong = wrongKey(key);
      if (wrong != null) {
        throw Rejected.field(cluster.at("custom_tags"), "the key '" + brief(key) + "' " + wrong);
      }
      if (tag.getValue().codePointCount(0, tag.getValue().length()) > MAX_TAG_VALUE) {
        throw Rejected.field(
            cluster.at("custom_tags") + "." + brief(key),
            "at most " + MAX_TAG_VALUE + " characters are allowed");
      }
    }
  }

  private static @Nullable String wrongKey(String key) {
    int length = key.codePointCount(0, key.length());
    if (length < 1 || length > MAX_TAG_KEY) {
      return "has " + length + " characters, from 1 to " + MAX_TAG_KEY + " are allowed";
    }
    if (key.chars().anyMatch(c -> "<>%*&+?\\/".indexOf(c) >= 0)) {
      return "has one of <>%*&+?\\/, which are not allowed";
    }
    String small = key.toLowerCase(Locale.ROOT);
    return RESERVED.stream().anyMatch(small::startsWith)
        ? "begins with one of " + String.join(", ", RESERVED) + ", which are reserved"
        : null;
  }

  private static String brief(String key) {
    return key.length() > 60 ? key.substring(0, 60) + "…" : key;
  }

  /** Exactly one place, which is told. */
  private static void destination(Fields in, List<String> kinds) throws Rejected {
    List<String> given = kinds.stream().filter(in::has).toList();
    if (given.size() != 1) {
      throw Rejected.invalid(
          TaskSpec.where(in) + "exactly one of " + String.join(", ", kinds) + " is expected");
    }
    Fields place = in.object(given.getFirst());
    if (place != null) {
      place.text("destination");
    }
  }

  private static void azure(@Nullable Fields azure) throws Rejected {
    if (azure == null) {
      return;
    }
    azure.whole("first_on_demand", 1, Integer.MAX_VALUE, 1);
    azure.word(
        "availability", List.of("SPOT_AZURE", "ON_DEMAND_AZURE", "SPOT_WITH_FALLBACK_AZURE"));
    if (azure.has("spot_bid_max_price") && !azure.node().get("spot_bid_max_price").isNumber()) {
      throw azure.wrong("spot_bid_max_price", "a number");
    }
  }

  /** What a run shows of the cluster that it was made for. */
  static ObjectNode spec(ObjectNode settings) {
    ObjectNode spec = settings.objectNode();
    Stream.of(EXISTING, NEW, "job_cluster_key", "libraries")
        .filter(settings::hasNonNull)
        .forEach(name -> spec.set(name, settings.get(name)));
    return spec;
  }

  private ClusterMapping() {}
}
