package io.mutirao.gateway.databricks;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the tasks of a job may refer to.
 *
 * @param keys of the clusters that tasks share
 * @param environments their keys
 * @param version decides what may be left out
 */
record Clusters(Set<String> keys, Set<String> environments, Version version) {

  static Clusters of(Fields settings, Version version) throws Rejected {
    Set<String> keys = new HashSet<>();
    for (Fields cluster : settings.objects("job_clusters")) {
      requireNew(keys, cluster, "job_cluster_key");
      Fields fresh = cluster.object("new_cluster");
      if (fresh == null) {
        throw Rejected.field(
            cluster.at("new_cluster"), "required field is missing, expected an object");
      }
      ClusterMapping.check(fresh);
    }
    Set<String> environments = new HashSet<>();
    for (Fields environment : settings.objects("environments")) {
      requireNew(environments, environment, "environment_key");
      Fields spec = environment.object("spec");
      if (spec != null) {
        spec.optionalText("client");
        spec.optionalText("environment_version");
        spec.texts("dependencies");
      }
    }
    return new Clusters(keys, environments, version);
  }

  private static void requireNew(Set<String> keys, Fields in, String name) throws Rejected {
    if (!keys.add(in.text(name))) {
      throw in.wrong(name, "a key that no other has");
    }
  }

  /** Checks what a task refers to; whether it refers to anything. */
  boolean named(Fields task) throws Rejected {
    boolean cluster = known(task, "job_cluster_key", keys, "one of job_clusters");
    boolean environment = known(task, "environment_key", environments, "one of environments");
    return cluster || environment;
  }

  private static boolean known(Fields task, String name, Set<String> keys, String where)
      throws Rejected {
    String key = task.optionalText(name);
    if (key != null && !keys.contains(key)) {
      throw task.wrong(name, where + ", which are " + List.copyOf(keys));
    }
    return key != null;
  }
}
