package io.mutirao.registry.job;

import io.mutirao.contracts.job.JobCommand.CreateJob;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.topic.Codec;
import java.util.List;

/** Commands as the gateway sends them. */
final class Examples {

  static CreateJob create(String name) {
    var task =
        new Task("main", "python", Codec.JSON.createObjectNode().put("file", "file:/nightly.py"));
    var settings = Codec.JSON.createObjectNode().put("name", name);
    return new CreateJob(
        new JobDefinition(name, List.of(task), 1, 0, "default", "databricks", settings), "ana");
  }

  private Examples() {}
}
