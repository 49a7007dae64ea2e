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

  /** The settings of the document's examples, but for the time-out and the pause status. */
  private static final String EXAMPLE =
      """
        "name": "Nightly model training",
        "new_cluster": {
          "spark_version": "7.3.x-scala2.12",
          "node_type_id": "Standard_D3_v2",
          "num_workers": 10
        },
        "libraries": [
          {
            "jar": "dbfs:/my-jar.jar"
          },
          {
            "maven": {
              "coordinates": "org.jsoup:jsoup:1.7.2"
            }
          }
        ],
        "timeout_seconds": %d,
        "max_retries": 1,
        "schedule": {
          "quartz_cron_expression": "0 15 22 * * ?",
          "timezone_id": "America/Los_Angeles"%s
        },
        "spark_jar_task": {
          "main_class_name": "com.databricks.ComputeModels"
        }
      """;

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
    // Its history is gone when the answer is there, and not a moment later.
    assertThat(jobs.get("runs/list?job_id=" + job).ok().path("runs")).isEmpty();
    assertThat(jobs.get("runs/get?run_id=" + run).status()).isEqualTo(400);
    assertThat(jobs.get("get?job_id=" + job).status()).isEqualTo(400);
  }

  private long createdAsPrinted() throws IOException, InterruptedException {
    Files.writeString(home.resolve("create-job.json"), "{" + EXAMPLE.formatted(3600, "") + "}");
    return sh("""
    curl --netrc --request POST \\
    https://<databricks-instance>/api/2.0/jobs/create \\
    --data @create-job.json
    """)
        .path("job_id")
        .asLong();
  }

  private JsonNode settings(long job) {
    return jobs.get("get?job_id=" + job).ok().path("settings");
  }

  @Test
  void theDocumentsJobIsCreatedAndResetAsPrinted() throws Exception {
    long first = createdAsPrinted();
    long second = created("pass");
    String unpaused = ",\n    \"pause_status\": \"UNPAUSED\"";
    String newSettings = "{" + EXAMPLE.formatted(100_000_000, unpaused) + "}";
    Files.writeString(
        home.resolve("reset-job.json"),
        """
        {
          "job_id": %d,
          "new_settings": %s
        }
        """
            .formatted(second, newSettings));

    JsonNode answer =
        sh(
            """
            curl --netrc --request POST \\
            https://<databricks-instance>/api/2.0/jobs/reset \\
            --data @reset-job.json
            """);

    assertThat(answer.size()).isZero();
    assertThat(settings(second)).isEqualTo(new ObjectMapper().readTree(newSettings));
    assertThat(settings(first))
        .isEqualTo(new ObjectMapper().readTree("{" + EXAMPLE.formatted(3600, unpaused) + "}"));
  }

  @Test
  void theDocumentsUpdateIsAppliedToTheDocumentsJob() throws Exception {
    long job = createdAsPrinted();
    Files.writeString(
        home.resolve("update-job.json"),
        """
        {
          "job_id": %d,
          "new_settings": {
            "existing_cluster_id": "1201-my-cluster",
            "email_notifications": {
              "on_start": [ "someone@example.com" ],
              "on_success": [],
              "on_failure": []
            }
          },
          "fields_to_remove": ["libraries"]
        }
        """
            .formatted(job));

    JsonNode answer =
        sh(
            """
            curl --netrc --request POST \\
            https://<databricks-instance>/api/2.0/jobs/update \\
            --data @update-job.json
            """);

    assertThat(answer.size()).isZero();
    JsonNode now = settings(job);
    assertThat(now.has("libraries")).isFalse();
    assertThat(now.has("new_cluster")).isFalse();
    assertThat(now.path("existing_cluster_id").asText()).isEqualTo("1201-my-cluster");
    assertThat(now.path("email_notifications").path("on_start").path(0).asText())
        .isEqualTo("someone@example.com");
    assertThat(now.path("email_notifications").path("on_failure").isEmpty()).isTrue();
    assertThat(now.path("timeout_seconds").asInt()).isEqualTo(3600);
  }

  @Test
  void theDocumentsRunIsSubmittedAndDeleted() throws Exception {
    Files.writeString(
        home.resolve("submit-job.json"),
        """
        {
          "run_name": "my spark task",
          "new_cluster": {
            "spark_version": "7.3.x-scala2.12",
            "node_type_id": "Standard_D3_v2",
            "num_workers": 10
          },
          "libraries": [
            {
              "jar": "dbfs:/my-jar.jar"
            },
            {
              "maven": {
                "coordinates": "org.jsoup:jsoup:1.7.2"
              }
            }
          ],
          "spark_jar_task": {
            "main_class_name": "com.databricks.ComputeModels"
          }
        }
        """);
    JsonNode submitted =
        sh(
            """
            curl --netrc --request POST \\
            https://<databricks-instance>/api/2.0/jobs/runs/submit \\
            --data @submit-job.json
            """);
    long run = submitted.path("run_id").asLong();
    jobs.awaitEnd(run);
    JsonNode shown =
        sh(
            """
            curl --netrc --request GET \\
            'https://<databricks-instance>/api/2.0/jobs/runs/get?run_id=%d'
            """
                .formatted(run));
    JsonNode deleted =
        sh(
            """
            curl --netrc --request POST \\
            https://<databricks-instance>/api/2.0/jobs/runs/delete \\
            --data '{ "run_id": %d }'
            """
                .formatted(run));

    assertThat(submitted.size()).isEqualTo(1);
    assertThat(shown.path("run_name").asText()).isEqualTo("my spark task");
    assertThat(shown.path("run_type").asText()).isEqualTo("SUBMIT_RUN");
    assertThat(shown.path("task").path("spark_jar_task").path("main_class_name").asText())
        .isEqualTo("com.databricks.ComputeModels");
    assertThat(shown.path("cluster_spec").path("libraries")).hasSize(2);
    assertThat(deleted.size()).isZero();
    assertThat(jobs.get("runs/get?run_id=" + run).status()).isEqualTo(400);
  }

  @Test
  void theDocumentsParametersAreTakenAsPrinted() throws Exception {
    long job = createdAsPrinted();
    Files.writeString(
        home.resolve("run-job.json"),
        """
        {
          "job_id": %d,
          "jar_params": [ "john doe", "35" ]
        }
        """
            .formatted(job));
    long run =
        sh("""
        curl --netrc --request POST \\
        https://<databricks-instance>/api/2.0/jobs/run-now \\
        --data @run-job.json
        """)
            .path("run_id")
            .asLong();

    assertThat(jobs.run(run).json().path("overriding_parameters").path("jar_params"))
        .extracting(JsonNode::asText)
        .containsExactly("john doe", "35");
    JsonNode canceled =
        sh(
            """
            curl --netrc --request POST \\
            https://<databricks-instance>/api/2.0/jobs/runs/cancel-all \\
            --data '{ "job_id": %d }'
            """
                .formatted(job));
    assertThat(canceled.size()).isZero();
    jobs.awaitEnd(run);
    sh(
        """
        curl --netrc --request POST \\
        https://<databricks-instance>/api/2.0/jobs/delete \\
        --data '{ "job_id": %d }'
        """
            .formatted(job));
  }
}
