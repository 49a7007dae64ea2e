package io.mutirao.systemtests.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Run;
import io.mutirao.systemtests.stack.TaskProcesses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task of each kind that takes longer than its time-out. */
@OnJourneyStack
class TimeoutsIT {

  private static final String SLEEPS = "import time\nprint('up')\ntime.sleep(1000)\n";

  @TempDir Path folder;
  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Api api;
  private final String workspace = "/Shared/" + UUID.randomUUID();
  private final List<Map<String, Object>> tasks = new ArrayList<>();

  TimeoutsIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs().in("2.1");
    api = Api.administrator(mutirao);
  }

  @Test
  void aTaskOfAnyKindThatTakesTooLongIsTimedOutAndNothingOfItGoesOn() throws Exception {
    Path script = mutirao.scripts().write(SLEEPS);
    importNotebook();
    Path wheel = Wheels.make(folder, "sleeper", "def look():\n    import time; time.sleep(1000)\n");
    Path jar =
        Jars.make(
            folder,
            "Sleeper",
            """
            public class Sleeper {
              public static void main(String[] words) throws Exception {
                Thread.sleep(1_000_000);
              }
            }
            """);
    task("script", "spark_python_task", Map.of("python_file", "file:" + script));
    task("notebook", "notebook_task", Map.of("notebook_path", workspace + "/main"));
    task("wheel", "python_wheel_task", Map.of("package_name", "sleeper", "entry_point", "say"))
        .put("libraries", List.of(Map.of("whl", "file:" + wheel)));
    task("jar", "spark_jar_task", Map.of("main_class_name", "Sleeper"))
        .put("libraries", List.of(Map.of("jar", "file:" + jar)));
    Map<String, Object> submitted =
        task(
            "submitted",
            "spark_submit_task",
            Map.of("parameters", List.of("--class", "Sleeper", "file:" + jar)));
    submitted.remove("existing_cluster_id");
    submitted.put(
        "new_cluster", Map.of("spark_version", "4.2", "node_type_id", "any", "num_workers", 0));
    task(
        "query",
        "sql_task",
        Map.of(
            "warehouse_id", "reports-1", "query", Map.of("query_text", "select pg_sleep(1000)")));
    task("pipeline", "pipeline_task", Map.of("pipeline_id", pipeline()));

    try (Warehouse warehouse = Warehouse.open(mutirao)) {
      long id = jobs.create(new JobSettings(Map.of("name", "too long")).with("tasks", tasks));
      Run run = jobs.runToEnd(id);

      for (JsonNode task : run.json().path("tasks")) {
        assertThat(task.at("/state/result_state").asText())
            .as(task.toPrettyString())
            .isEqualTo("TIMEDOUT");
      }
      assertThat(run.json().path("tasks")).hasSize(7);
      assertThat(attempts(run)).hasSize(7).allMatch(attempt -> TaskProcesses.of(attempt).isEmpty());
      await("no statement goes on").atMost(Jobs.DEADLINE).until(() -> warehouse.statements() == 0);
    }
  }

  private Map<String, Object> task(String key, String kind, Map<String, ?> what) {
    Map<String, Object> task = new HashMap<>();
    task.put("task_key", key);
    task.put("existing_cluster_id", "default");
    task.put("timeout_seconds", 4);
    task.put(kind, what);
    tasks.add(task);
    return task;
  }

  private List<String> attempts(Run run) {
    return mutirao
        .database()
        .list(
            "select attempt_id from dispatcher.attempt where run_id = ?",
            row -> Long.toString(row.getLong(1)),
            run.id());
  }

  private String pipeline() {
    return api.post(
            "/api/2.0/pipelines",
            Map.of(
                "name",
                workspace,
                "libraries",
                List.of(Map.of("notebook", Map.of("path", workspace + "/main")))))
        .ok()
        .path("pipeline_id")
        .asText();
  }

  private void importNotebook() {
    api.post("/api/2.0/workspace/mkdirs", Map.of("path", workspace)).ok();
    api.post(
            "/api/2.0/workspace/import",
            Map.of(
                "path",
                workspace + "/main",
                "language",
                "PYTHON",
                "format",
                "SOURCE",
                "content",
                Base64.getEncoder().encodeToString(SLEEPS.getBytes(UTF_8))))
        .ok();
  }
}
