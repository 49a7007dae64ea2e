package io.mutirao.systemtests.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.systemtests.stack.AnotherInstance;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Run;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the tasks of a worker in profile STRICT see, which is the default outside of this stack. */
@OnJourneyStack
class StrictIT {

  private static final String NAME = "worker-strict";

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Api api;
  private final String folder = "/Shared/" + UUID.randomUUID();

  StrictIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs().in("2.1");
    api = Api.administrator(mutirao);
  }

  @Test
  void scriptNotebookAndWheelSeeTheirFolderAndNothingOfOurs() throws Exception {
    Path onDisk = mutirao.scripts().write("print('for anybody to read')");
    String look = look(onDisk, mutirao.dataFolder().resolve("secrets"));
    upload("script.py", (look + "look()\n").getBytes(UTF_8));
    Path wheel = Wheels.make(onDisk.resolveSibling("strict-" + UUID.randomUUID()), "eyes", look);
    upload("eyes-1.0-py3-none-any.whl", java.nio.file.Files.readAllBytes(wheel));
    importNotebook("# Databricks notebook source\n" + look + "look()\n");
    var worker =
        AnotherInstance.start(
            mutirao,
            "worker-1",
            NAME,
            Map.of(
                "MUTIRAO_WORKER_ISOLATION", "STRICT", "MUTIRAO_WORKER_POOL", OnJourneyStack.POOL));
    try (worker) {
      worker.awaitTasks(mutirao, OnJourneyStack.POOL);
      assumeTrue(
          worker.says().contains("walled off by bubblewrap"),
          "SKIPPED: bubblewrap does not work here; profile STRICT is not tested");

      Run run = jobs.awaitEnd(jobs.runNow(jobs.create(settings())));

      for (JsonNode task : run.json().path("tasks")) {
        String printed = jobs.logs(task.path("run_id").asLong());
        assertThat(task.at("/state/result_state").asText()).as(printed).isEqualTo("SUCCESS");
        assertThat(printed)
            .as(task.path("task_key").asText())
            .contains("user 0: False, home: True, read: [], written: [], MUTIRAO_ATTEMPT_ID")
            .doesNotContain(mutirao.token())
            .doesNotContainIgnoringCase("password")
            .doesNotContain("MUTIRAO_KAFKA", "MUTIRAO_SECRET", "MUTIRAO_WAREHOUSE");
      }
      assertThat(run.json().path("tasks")).hasSize(3);
      assertThat(run.state()).isEqualTo("TERMINATED SUCCESS");
    }
  }

  /** Tries to read and to write, and says what worked, and what stands in all environments. */
  private static String look(Path... ours) {
    return """
    import os

    def look():
        read, written = [], []
        for place in %s + ["/etc/shadow"]:
            try:
                open(place).read()
                read.append(place)
            except OSError:
                pass
            try:
                open(place, "a").close()
                written.append(place)
            except OSError:
                pass
        seen = str(dict(os.environ))
        for pid in os.listdir("/proc"):
            try:
                seen += open("/proc/%%s/environ" %% pid).read() if pid.isdigit() else ""
            except OSError:
                pass
        print("user 0: %%s, home: %%s, read: %%s, written: %%s, MUTIRAO_ATTEMPT_ID" %% (
            os.getuid() == 0, os.path.expanduser("~") == os.getcwd(), read, written), seen)

    """
        .formatted(List.of(ours).stream().map(path -> "'" + path + "'").toList());
  }

  private JobSettings settings() {
    String wheel = "dbfs:" + folder + "/eyes-1.0-py3-none-any.whl";
    return new JobSettings(Map.of("name", "walled"))
        .with(
            "tasks",
            List.of(
                task(
                    "script",
                    "spark_python_task",
                    Map.of("python_file", "dbfs:" + folder + "/script.py"),
                    Map.of()),
                task(
                    "notebook",
                    "notebook_task",
                    Map.of("notebook_path", folder + "/main"),
                    Map.of()),
                task(
                    "wheel",
                    "python_wheel_task",
                    Map.of("package_name", "eyes", "entry_point", "say"),
                    Map.of("libraries", List.of(Map.of("whl", wheel))))));
  }

  private static Map<String, Object> task(
      String key, String kind, Map<String, ?> what, Map<String, ?> more) {
    Map<String, Object> task = new HashMap<>(more);
    task.put("task_key", key);
    task.put("existing_cluster_id", OnJourneyStack.POOL);
    task.put(kind, what);
    return task;
  }

  private void upload(String name, byte[] content) {
    api.post(
            "/api/2.0/dbfs/put",
            Map.of(
                "path",
                folder + "/" + name,
                "contents",
                Base64.getEncoder().encodeToString(content)))
        .ok();
  }

  private void importNotebook(String source) {
    api.post("/api/2.0/workspace/mkdirs", Map.of("path", folder)).ok();
    api.post(
            "/api/2.0/workspace/import",
            Map.of(
                "path",
                folder + "/main",
                "language",
                "PYTHON",
                "format",
                "SOURCE",
                "content",
                Base64.getEncoder().encodeToString(source.getBytes(UTF_8))))
        .ok();
  }
}
