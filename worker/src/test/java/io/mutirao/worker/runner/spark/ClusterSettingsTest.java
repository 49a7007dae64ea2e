package io.mutirao.worker.runner.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mutirao.worker.runner.Trial;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {

  private static final Map<String, String> NODES = Map.of("small", "2:7g");

  @Test
  void workersAndTheirTypeBecomeExecutors() throws Exception {
    ClusterSettings cluster = onSpark("{'num_workers':3,'node_type_id':'small'}");

    assertThat(cluster.master()).isEqualTo("spark://m:7077");
    assertThat(cluster.conf())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "spark.executor.instances", "3",
                "spark.cores.max", "6",
                "spark.executor.cores", "2",
                "spark.executor.memory", "7g"));
  }

  @Test
  void autoscaleBecomesDynamicAllocation() throws Exception {
    assertThat(onSpark("{'autoscale':{'min_workers':1,'max_workers':5}}").conf())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "spark.dynamicAllocation.enabled", "true",
                "spark.dynamicAllocation.shuffleTracking.enabled", "true",
                "spark.dynamicAllocation.minExecutors", "1",
                "spark.dynamicAllocation.initialExecutors", "1",
                "spark.dynamicAllocation.maxExecutors", "5"));
  }

  @Test
  void whatTheJobSaysInSoManyWordsWins() throws Exception {
    ClusterSettings cluster =
        onSpark(
            "{'num_workers':3,'node_type_id':'small','spark_conf':{'spark.executor.cores':'1',"
                + "'spark.x':'y','spark.master':'spark://other'},'spark_env_vars':{'A':'b'}}");

    assertThat(cluster.master()).isEqualTo("spark://m:7077");
    assertThat(cluster.conf())
        .containsEntry("spark.executor.cores", "1")
        .containsEntry("spark.x", "y")
        .containsEntry("spark.executorEnv.A", "b")
        .doesNotContainKey("spark.master");
    assertThat(cluster.variables()).isEqualTo(Map.of("A", "b"));
  }

  @Test
  void withoutAMasterOrWithoutWorkersItIsLocal() throws Exception {
    String json = "{'num_workers':2,'node_type_id':'small','spark_conf':{'spark.x':'y'}}";

    ClusterSettings none = ClusterSettings.of(Trial.json(json), Optional.empty(), NODES);
    ClusterSettings alone = onSpark("{'num_workers':0,'spark_conf':{'spark.master':'local[4]'}}");

    assertThat(none.master()).isEqualTo("local[*]");
    assertThat(none.conf()).isEqualTo(Map.of("spark.x", "y"));
    assertThat(alone.master()).isEqualTo("local[4]");
    assertThat(onSpark("{'num_workers':0}").master()).isEqualTo("local[*]");
  }

  private static ClusterSettings onSpark(String json) throws JsonProcessingException {
    return ClusterSettings.of(Trial.json(json), Optional.of("spark://m:7077"), NODES);
  }
}
