package io.mutirao.registry.job;

import io.mutirao.contracts.job.JobCommand.CreateJob;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.topic.Codec;
import java.util.List;
import java.util.stream.IntStream;

/** Commands as the gateway sends them. */
final class Examples {

  static CreateJob create(String name) {
    var task =
        Task.of("main", "python", Codec.JSON.createObjectNode().put("file", "file:/nightly.py"));
    var settings = Codec.JSON.createObjectNode().put("name", name);
    return new CreateJob(
        JobDefinition.of(name, List.of(task), "databricks", settings), "ana", List.of());
  }

  static JobDefinition ofTasks(int count) {
    var nothing = Codec.JSON.createObjectNode();
    List<Task> tasks =
        IntStream.range(0, count).mapToObj(n -> Task.of("t" + n, "noop", nothing)).toList();
    return JobDefinition.of("large", tasks, "databricks", nothing);
  }

  private Examples() {}
}
