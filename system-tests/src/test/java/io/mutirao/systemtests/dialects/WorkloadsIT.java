package io.mutirao.systemtests.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Run;
import io.mutirao.systemtests.stack.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets, libraries, JARs and SQL: what tasks need beside a script. */
@OnJourneyStack
class WorkloadsIT {

  @TempDir Path folder;
  private final Mutirao mutirao;
  private final Api api;
  private final Jobs jobs;

  WorkloadsIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    api = Api.administrator(mutirao);
    jobs = mutirao.jobs().in("2.2");
  }

  @Test
  void aSecretReachesTheTaskAndNobodyElse() {
    String scope = "scope-" + UUID.randomUUID();
    String secret = "hunter-" + UUID.randomUUID();
    TopicReader offers = mutirao.topic("task.offers.default");
    var before = offers.end();
    api.post("/api/2.0/secrets/scopes/create", Map.of("scope", scope)).ok();
    api.post(
            "/api/2.0/secrets/put",
            Map.of("scope", scope, "key", "password", "string_value", secret))
        .ok();

    long job =
        jobs.create(
            JobSettings.python(
                mutirao.scripts().write("import sys; print(len(sys.argv[1]), sys.argv[1])"),
                "{{secrets/%s/password}}".formatted(scope)));
    Run end = jobs.runToEnd(job);

    assertThat(end.state()).isEqualTo("TERMINATED SUCCESS");
    assertThat(logs(end)).isEqualTo(secret.length() + " [REDACTED]\n");
    assertThat(jobs.get("runs/get?run_id=" + end.id()).text()).doesNotContain(secret);
    assertThat(offers.since(before).stream().map(offer -> new String(offer.value(), UTF_8)))
        .anyMatch(words -> words.contains("{{secrets/" + scope + "/password}}"))
        .noneMatch(words -> words.contains(secret));
    assertThat(
            mutirao
                .database()
                .list(
                    "select sealed from registry.secret where scope = ?",
                    row -> row.getString(1),
                    scope))
        .singleElement()
        .asString()
        .startsWith("v1:");
    JsonNode shown = api.get("/api/2.0/secrets/get?scope=%s&key=PASSWORD".formatted(scope)).ok();
    assertThat(new String(Base64.getDecoder().decode(shown.path("value").asText()), UTF_8))
        .isEqualTo(secret);
    refused(
        api.post("/api/2.0/secrets/scopes/create", Map.of("scope", scope)),
        400,
        "RESOURCE_ALREADY_EXISTS");
    refused(
        api.get("/api/2.0/secrets/get?scope=%s&key=none".formatted(scope)),
        404,
        "RESOURCE_DOES_NOT_EXIST");
    api.post("/api/2.0/secrets/scopes/delete", Map.of("scope", scope)).ok();
    refused(api.get("/api/2.0/secrets/list?scope=" + scope), 404, "RESOURCE_DOES_NOT_EXIST");
    assertThat(jobs.runToEnd(job).message()).contains("there is no secret secrets/" + scope);
  }

  @Test
  void grantsDecideWhoReadsASecret() {
    String scope = "scope-" + UUID.randomUUID();
    api.post("/api/2.0/secrets/scopes/create", Map.of("scope", scope)).ok();
    Map<String, ?> acl = Map.of("scope", scope, "principal", "users", "permission", "READ");
    api.post("/api/2.0/secrets/acls/put", acl).ok();

    assertThat(api.get("/api/2.0/secrets/acls/list?scope=" + scope).ok().path("items").toString())
        .isEqualTo(
            "[{\"principal\":\"admin\",\"permission\":\"MANAGE\"},"
                + "{\"principal\":\"users\",\"permission\":\"READ\"}]");
    refused(
        api.post(
            "/api/2.0/secrets/acls/put",
            Map.of("scope", scope, "principal", "nobody@x", "permission", "READ")),
        400,
        "INVALID_PARAMETER_VALUE");
    api.post("/api/2.0/secrets/acls/delete", Map.of("scope", scope, "principal", "users")).ok();
    refused(
        api.get("/api/2.0/secrets/acls/get?principal=users&scope=" + scope),
        404,
        "RESOURCE_DOES_NOT_EXIST");
  }

  @Test
  void aWheelRunsByItsEntryPoint() throws IOException {
    Path wheel =
        Wheels.make(folder, "greet", "import sys\ndef look():\n    print('hello', sys.argv[1:])\n");

    Run end =
        jobs.runToEnd(
            jobs.create(
                new JobSettings(Map.of())
                    .with(
                        "tasks",
                        List.of(
                            Map.of(
                                "task_key", "greet",
                                "environment_key", "e",
                                "python_wheel_task",
                                    Map.of(
                                        "package_name", "greet",
                                        "entry_point", "say",
                                        "named_parameters", Map.of("to", "ana")))))
                    .with(
                        "environments",
                        List.of(
                            Map.of(
                                "environment_key",
                                "e",
                                "spec",
                                Map.of("dependencies", List.of("file:" + wheel)))))));

    assertThat(end.state()).isEqualTo("TERMINATED SUCCESS");
    assertThat(logs(end)).endsWith("hello ['--to=ana']\n");
  }

  @Test
  void aLibraryThatCannotBeInstalledEndsTheRunWithTheToolsOwnWords() {
    Run end =
        jobs.runToEnd(
            jobs.create(
                JobSettings.python(mutirao.scripts().write("print('never')"))
                    .with(
                        "libraries",
                        List.of(
                            Map.of(
                                "pypi",
                                Map.of("package", "no-such==9", "repo", "file://" + folder))))));

    assertThat(end.message()).contains("No matching distribution found for no-such==9");
    assertThat(end.json().at("/status/termination_details/code").asText())
        .isEqualTo("LIBRARY_INSTALLATION_ERROR");
  }

  @Test
  void aJarRunsOnSpark() throws IOException {
    Path jar =
        Jars.make(
            folder,
            "Hello",
            """
            public class Hello {
              public static void main(String[] words) {
                System.out.println(String.join("-", words) + " " + System.getProperty("spark.master")
                    + " " + System.getenv("A"));
              }
            }
            """);

    Run end =
        jobs.runToEnd(
            jobs.create(
                new JobSettings(Map.of())
                    .with(
                        "new_cluster",
                        Map.of(
                            "spark_version",
                            "4.2",
                            "node_type_id",
                            "any",
                            "num_workers",
                            1,
                            "spark_env_vars",
                            Map.of("A", "b")))
                    .with(
                        "spark_jar_task",
                        Map.of("main_class_name", "Hello", "parameters", List.of("x", "y z")))
                    .with("libraries", List.of(Map.of("jar", "file:" + jar)))));

    assertThat(end.state()).isEqualTo("TERMINATED SUCCESS");
    assertThat(logs(end)).endsWith("x-y z local[*] b\n");
  }

  @Test
  void aQueryGivesItsRowsButNoSecret() throws Exception {
    String scope = "scope-" + UUID.randomUUID();
    String secret = "hunter-" + UUID.randomUUID();
    api.post("/api/2.0/secrets/scopes/create", Map.of("scope", scope)).ok();
    api.post("/api/2.0/secrets/put", Map.of("scope", scope, "key", "word", "string_value", secret))
        .ok();
    try (Warehouse _ = Warehouse.open(mutirao)) {
      long job =
          jobs.create(
              new JobSettings(Map.of())
                  .with(
                      "sql_task",
                      Map.of(
                          "warehouse_id", "reports-1",
                          "parameters",
                              Map.of(
                                  "n", "{{job.id}}",
                                  "word", "olá",
                                  "pass", "{{secrets/%s/word}}".formatted(scope)),
                          "query",
                              Map.of(
                                  "query_text",
                                  "create temp table t (x int); insert into t values (1), (2);"
                                      + " select x, :word as w, :n::bigint > 0 as p,"
                                      + " 'my ' || :pass || '!' as s, length(:pass) as l"
                                      + " from t;"))));

      Run end = jobs.runToEnd(job);

      assertThat(end.state()).as(end.message()).isEqualTo("TERMINATED SUCCESS");
      JsonNode output =
          jobs.get("runs/get-output?run_id=" + end.id()).ok().at("/sql_output/query_output");
      assertThat(output.path("rows").toString())
          .isEqualTo(
              "[['1','olá','t','my [REDACTED]!','%1$d'],['2','olá','t','my [REDACTED]!','%1$d']]"
                  .formatted(secret.length())
                  .replace('\'', '"'));
      assertThat(output.at("/columns/0/name").asText()).isEqualTo("x");
    }
  }

  private String logs(Run run) {
    return jobs.get("runs/get-output?run_id=" + run.id()).ok().path("logs").asText();
  }

  private static void refused(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.errorCode()).isEqualTo(code);
  }
}
