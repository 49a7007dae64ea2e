package io.mutirao.gateway.databricks;

import io.mutirao.contracts.job.Dependency;
import io.mutirao.contracts.job.Task;
import io.mutirao.gateway.core.Rejected;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether tasks can be run one after the other at all. */
final class TaskOrder {

  /**
   * Takes away those that wait for nothing more, until all are gone or the rest goes in circles.
   */
  static void check(String field, Map<String, Task> tasks) throws Rejected {
    List<Task> waiting = new ArrayList<>(tasks.values());
    Set<String> done = new HashSet<>();
    while (true) {
      List<Task> free = waiting.stream().filter(task -> waitsForNone(task, done)).toList();
      if (free.isEmpty()) {
        break;
      }
      waiting.removeAll(free);
      free.forEach(task -> done.add(task.key()));
    }
    if (!waiting.isEmpty()) {
      throw Rejected.field(
          field,
          "the tasks wait for each other in a circle, or for one: "
              + String.join(", ", waiting.stream().map(Task::key).limit(10).toList()));
    }
  }

  private static boolean waitsForNone(Task task, Set<String> done) {
    return task.dependsOn().stream().map(Dependency::task).allMatch(done::contains);
  }

  private TaskOrder() {}
}
