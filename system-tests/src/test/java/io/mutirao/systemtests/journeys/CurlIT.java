package io.mutirao.systemtests.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the Jobs API 2.0 reference as printed there: real curl, credentials from .netrc
 * and so Basic, JSON sent under curl's own content type, which says it is a form. Only the host,
 * the ids and the task differ.
 */
@OnJourneyStack
class CurlIT {

  @TempDir Path home;

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Scripts scripts;

  CurlIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
    scripts = mutirao.scripts();
  }

  @BeforeEach
  void writeNetrc() throws IOException {
    Files.writeString(
        home.resolve(".netrc"),
        "machine 127.0.0.1 login token password %s%n".formatted(mutirao.token()));
  }

  /** Runs a command of the reference. */
  private JsonNode sh(String command) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
                "sh", "-c", command.replace("https://<databricks-instance>", mutirao.url()))
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("HOME", home.toString());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    Process curl = builder.start();
    String answer = new String(curl.getInputStream().readAllBytes(), UTF_8);
    assertThat(curl.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(curl.exitValue()).as(answer).isZero();
    JsonNode json = new ObjectMapper().readTree(answer);
    assertThat(json.has("error_code")).as(answer).isFalse();
    return json;
  }

  private long created(String script) throws IOException, InterruptedException {
    Files.writeString(
        home.resolve("create-job.json"),
        """
        {
          "name": "Nightly model training",
          "existing_cluster_id": "1201-my-cluster",
          "timeout_seconds": 3600,
          "max_concurrent_runs": 5,
          "spark_python_task": {
            "python_file": "file:%s",
            "parameters": ["john doe", "35"]
          }
        }
        """
            .formatted(scripts.write(script)));
    return sh("""
    curl --netrc --request POST \\
    https://<databricks-instance>/api/2.0/jobs/create \\
    --data @create-job.json
    """)
        .path("job_id")
        .asLong();
  }

  private long started(long job) throws IOException, InterruptedException {
    Files.writeString(
        home.resolve("run-job.json"),
        """
        {
          "job_id": %d,
          "python_params": [
            "john doe",
            "35"
          ]
        }
        """
            .formatted(job));
    return sh("""
    curl --netrc --request POST \\
    https://<databricks-instance>/api/2.0/jobs/run-now \\
    --data @run-job.json
    """)
        .path("run_id")
        .asLong();
  }

  @Test
  void aJobIsCreatedAndReadAndListed() throws Exception {
    long job = created("pass");

    JsonNode inThePath =
        sh(
            """
            curl --netrc --request GET \\
            'https://<databricks-instance>/api/2.0/jobs/get?job_id=%d'
            """
                .formatted(job));
    JsonNode asData =
        sh(
            """
            curl --netrc --get \\
            https://<databricks-instance>/api/2.0/jobs/get \\
            --data job_id=%d
            """
                .formatted(job));
    JsonNode list =
        sh(
            """
            curl --netrc --request GET \\
            https://<databricks-instance>/api/2.0/jobs/list
            """);

    assertThat(inThePath.path("settings").path("name").asText())
        .isEqualTo("Nightly model training");
    assertThat(asData).isEqualTo(inThePath);
    assertThat(list.path("jobs")).contains(inThePath);
  }

  @Test
  void aJobIsRunAndItsRunsAreReadAndListed() throws Exception {
    long job = created("import sys; print(sys.argv[1:])");
    long run = started(job);
    jobs.awaitEnd(run);

    JsonNode inThePath =
        sh(
            """
            curl --netrc --request GET \\
            'https://<databricks-instance>/api/2.0/jobs/runs/get?run_id=%d'
            """
                .formatted(run));
    JsonNode asData =
        sh(
            """
            curl --netrc --get \\
            https://<databricks-instance>/api/2.0/jobs/runs/get \\
            --data run_id=%d
            """
                .formatted(run));
    String filter = "job_id=%d&active_only=false&offset=0&limit=1&run_type=JOB_RUN".formatted(job);
    JsonNode listInThePath =
        sh(
            """
            curl --netrc --request GET \\
            'https://<databricks-instance>/api/2.0/jobs/runs/list?%s'
            """
                .formatted(filter));
    JsonNode listAsData =
        sh(
            """
            curl --netrc --get \\
            https://<databricks-instance>/api/2.0/jobs/runs/list \\
            --data '%s'
            """
                .formatted(filter));
    JsonNode outputInThePath =
        sh(
            """
            curl --netrc --request GET \\
            'https://<databricks-instance>/api/2.0/jobs/runs/get-output?run_id=%d'
            """
                .formatted(run));
    JsonNode outputAsData =
        sh(
            """
            curl --netrc --get \\
            https://<databricks-instance>/api/2.0/jobs/runs/get-output \\
            --data run_id=%d
            """
                .formatted(run));

    assertThat(inThePath.path("state").path("result_state").asText()).isEqualTo("SUCCESS");
    assertThat(asData).isEqualTo(inThePath);
    assertThat(listInThePath.path("runs")).containsExactly(inThePath);
    assertThat(listAsData).isEqualTo(listInThePath);
    assertThat(outputInThePath.path("logs").asText()).isEqualTo("['john doe', '35']\n");
    assertThat(outputAsData).isEqualTo(outputInThePath);
  }

  @Test
  void aRunIsCanceledAndItsJobDeleted() throws Exception {
    long job = created("import time; time.sleep(300)");
    long run = started(job);

    JsonNode canceled =
        sh(
            """
            curl --netrc --request POST \\
            https://<databricks-instance>/api/2.0/jobs/runs/cancel \\
            --data '{ "run_id": %d }'
            """
                .formatted(run));
    assertThat(jobs.awaitEnd(run).result()).isEqualTo("CANCELED");
    JsonNode deleted =
        sh(
            """
            curl --netrc --request POST \\
            https://<databricks-instance>/api/2.0/jobs/delete \\
            --data '{ "job_id": %d }'
            """
                .formatted(job));

    assertThat(canceled.size()).isZero();
    assertThat(deleted.size()).isZero();
    assertThat(jobs.get("get?job_id=" + job).status()).isEqualTo(400);
  }
}
