package io.mutirao.gateway.databricks.clusters;

import static io.mutirao.gateway.http.Dialect.Endpoint.get;
import static io.mutirao.gateway.http.Dialect.Endpoint.post;

import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Workers;
import io.mutirao.gateway.core.Workers.PoolView;
import io.mutirao.gateway.databricks.DatabricksErrors;
import io.mutirao.gateway.databricks.Workspace;
import io.mutirao.gateway.databricks.clusters.ClustersWire.Cluster;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code /api/2.x/clusters}: pools of workers as clusters, who came into them and who went, and
 * what clients look up before they write a job.
 */
@Singleton
final class ClustersResource implements Dialect {

  /** What {@code new_cluster} may name; the workers run what is installed on them. */
  private static final ClustersWire.Versions VERSIONS =
      new ClustersWire.Versions(
          List.of(
              new ClustersWire.Version(
                  "mutirao-1", "Mutirão workers, whatever they have installed"),
              new ClustersWire.Version("16.4.x-scala2.12", "16.4 LTS (runs on Mutirão workers)"),
              new ClustersWire.Version("15.4.x-scala2.12", "15.4 LTS (runs on Mutirão workers)")));

  private static final String NODE = "worker";

  private static final ClustersWire.NodeTypes NODES =
      new ClustersWire.NodeTypes(
          List.of(
              new ClustersWire.NodeType(
                  NODE, 1024, 1, "A slot of a worker", NODE, false, "General Purpose", 0)));

  private final Workers workers;

  ClustersResource(Workers workers) {
    this.workers = workers;
  }

  @Override
  public String root() {
    return "/api/2.0/clusters";
  }

  @Override
  public List<Endpoint> endpoints() {
    return Stream.concat(
            Stream.of("2.0", "2.1").flatMap(version -> below("/api/" + version + "/clusters/")),
            Stream.of(
                get("/.well-known/databricks-config", ClustersResource::config)
                    .withoutCredentials()))
        .toList();
  }

  private Stream<Endpoint> below(String root) {
    return Stream.of(
        get(root + "spark-versions", _ -> Answer.ok(VERSIONS)),
        get(root + "list-node-types", _ -> Answer.ok(NODES)),
        get(root + "list", _ -> Answer.ok(list())),
        get(root + "get", this::cluster),
        post(root + "events", this::events));
  }

  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private ClustersWire.Clusters list() {
    return new ClustersWire.Clusters(pools().stream().map(ClustersResource::cluster).toList());
  }

  /** The default pool is always there, with workers or without. */
  private List<PoolView> pools() {
    List<PoolView> pools = new ArrayList<>(workers.pools());
    if (pools.stream().noneMatch(pool -> pool.pool().equals(JobDefinition.DEFAULT_POOL))) {
      pools.add(0, new PoolView(JobDefinition.DEFAULT_POOL, List.of(), List.of()));
    }
    return pools;
  }

  private static Cluster cluster(PoolView pool) {
    return new Cluster(
        pool.pool(),
        pool.pool(),
        "RUNNING",
        "A pool of workers; it neither starts nor stops.",
        "API",
        "mutirao-1",
        NODE,
        pool.workers().size());
  }

  private Answer cluster(Call call) throws Rejected {
    return Answer.ok(cluster(asked(call)));
  }

  private Answer events(Call call) throws Rejected {
    return Answer.ok(ClusterEvents.of(asked(call), call.in()));
  }

  private PoolView asked(Call call) throws Rejected {
    String id = call.in().text("cluster_id");
    // As Databricks words it; clients look for it.
    return pools().stream()
        .filter(pool -> pool.pool().equals(id))
        .findFirst()
        .orElseThrow(() -> Rejected.invalid("Cluster " + id + " does not exist"));
  }

  /** Asked by the SDKs before anything else, without credentials. */
  private static Answer config(Call call) {
    return Answer.ok(
        Map.of(
            "oidc_endpoint",
            call.base() + "/oidc",
            "workspace_id",
            Workspace.ID,
            "host_type",
            "workspace"));
  }
}
