package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.Dependency;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.RetryPolicy;
import io.mutirao.contracts.job.RunIf;
import io.mutirao.contracts.job.Task;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tasks of the settings as tasks of the core. */
final class TaskMapping {

  /** Of a job that has one task only, its key. */
  static final String KEY = "main";

  private static final Pattern VALID_KEY = Pattern.compile("[\\w-]{1,100}");
  private static final List<String> RUN_IFS =
      Arrays.stream(RunIf.values()).map(Enum::name).toList();

  /** The task of settings of one task, which stand beside it. */
  static Task only(Fields settings, Clusters clusters) throws Rejected {
    TaskSpec what = TaskSpec.of(settings);
    ClusterMapping.pool(settings, what, clusters);
    return new Task(
        KEY,
        what.kind(),
        what.spec(),
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        TaskSetup.of(settings.node(), what, settings.node()));
  }

  /** The tasks of settings that have several. */
  static List<Task> several(Fields settings, Clusters clusters) throws Rejected {
    List<Fields> given = settings.objects("tasks");
    if (given.isEmpty()) {
      throw Rejected.field(settings.at("tasks"), "expected one task at least, not 0");
    }
    if (given.size() > JobDefinition.MAX_TASKS) { // of a saved job less, as its owner says
      throw Rejected.field(
          settings.at("tasks"),
          "at most " + JobDefinition.MAX_TASKS + " are allowed, not " + given.size());
    }
    Map<String, Task> tasks = new LinkedHashMap<>();
    for (Fields task : given) {
      Task mapped = task(task, clusters, settings.node());
      if (tasks.put(mapped.key(), mapped) != null) {
        throw Rejected.field(task.at("task_key"), "two tasks have the key " + mapped.key());
      }
    }
    for (Fields task : given) {
      checkUpstream(task, tasks);
    }
    TaskOrder.check(settings.at("tasks"), tasks);
    return List.copyOf(tasks.values());
  }

  private static Task task(Fields task, Clusters clusters, ObjectNode settings) throws Rejected {
    String key = key(task);
    TaskSpec what = TaskSpec.of(task);
    String pool = ClusterMapping.pool(task, what, clusters);
    Libraries.check(task, what);
    task.optionalText("description");
    String runIf = task.word("run_if", RUN_IFS);
    int timeout = task.whole("timeout_seconds", 0, Integer.MAX_VALUE, 0);
    return new Task(
        key,
        what.kind(),
        what.spec(),
        pool,
        dependencies(task),
        runIf == null ? null : RunIf.valueOf(runIf),
        retry(task),
        timeout == 0 ? null : timeout,
        HealthMapping.warnAfterSeconds(task),
        NotificationsMapping.notifications(task),
        TaskSetup.of(task.node(), what, settings));
  }

  static String key(Fields task) throws Rejected {
    String key = task.text("task_key");
    if (!VALID_KEY.matcher(key).matches()) {
      throw task.wrong("task_key", "1 to 100 letters, digits, - and _");
    }
    return key;
  }

  private static List<Dependency> dependencies(Fields task) throws Rejected {
    List<Dependency> upstream = new ArrayList<>();
    for (Fields dependency : task.objects("depends_on")) {
      String outcome = dependency.word("outcome", List.of("true", "false"));
      upstream.add(new Dependency(dependency.text("task_key"), outcome));
    }
    return upstream;
  }

  private static void checkUpstream(Fields task, Map<String, Task> tasks) throws Rejected {
    for (Fields dependency : task.objects("depends_on")) {
      Task upstream = tasks.get(dependency.text("task_key"));
      if (upstream == null) {
        throw dependency.wrong("task_key", "the key of a task of this job");
      }
      if (dependency.has("outcome") && !upstream.kind().equals(Task.CONDITION)) {
        throw Rejected.field(
            dependency.at("outcome"), upstream.key() + " is no condition and has no outcome");
      }
    }
  }

  /** Null when it is never tried again. */
  static @Nullable RetryPolicy retry(Fields in) throws Rejected {
    int max = in.whole("max_retries", -1, Integer.MAX_VALUE, 0);
    int interval = in.whole("min_retry_interval_millis", 0, Integer.MAX_VALUE, 0);
    boolean onTimeout = in.flag("retry_on_timeout");
    return max == 0 ? null : new RetryPolicy(max, interval, onTimeout);
  }

  private TaskMapping() {}
}
