package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.http.Fields;

/** What clients send, in tests. */
final class Sent {

  /** The example of the document's chapter Create, as it stands there. */
  static final String EXAMPLE =
      """
      {
        "name": "Nightly model training",
        "new_cluster": {
          "spark_version": "7.3.x-scala2.12",
          "node_type_id": "Standard_D3_v2",
          "num_workers": 10
        },
        "libraries": [
          {"jar": "dbfs:/my-jar.jar"},
          {"maven": {"coordinates": "org.jsoup:jsoup:1.7.2"}}
        ],
        "timeout_seconds": 3600,
        "max_retries": 1,
        "schedule": {
          "quartz_cron_expression": "0 15 22 * * ?",
          "timezone_id": "America/Los_Angeles"
        },
        "spark_jar_task": {"main_class_name": "com.databricks.ComputeModels"}
      }
      """;

  /** Single quotes stand for double ones. */
  static ObjectNode object(String json) {
    try {
      return (ObjectNode) Codec.JSON.readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  static Fields fields(String json) {
    return Fields.of(object(json));
  }

  private Sent() {}
}
