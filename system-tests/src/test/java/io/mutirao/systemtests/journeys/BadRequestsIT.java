package io.mutirao.systemtests.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no client should send: answered clearly in the dialect's format, and nothing changed. After
 * all of it, the service still does what it should.
 */
@OnJourneyStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestsIT {

  private static final String OK_TASK =
      "\"existing_cluster_id\":\"default\",\"spark_python_task\":{\"python_file\":\"file:/x.py\"}";
  private static final int TEN_MB = 10 << 20;

  private final Jobs jobs;
  private long job;
  private int jobsBefore;

  BadRequestsIT(Mutirao mutirao) {
    jobs = mutirao.jobs();
  }

  @BeforeAll
  void seeWhatIsThere() {
    job = jobs.create(JobSettings.noop());
    jobsBefore = jobs.get("list").ok().path("jobs").size();
  }

  @AfterAll
  void nothingChangedAndTheServiceLivesOn() {
    assertThat(jobs.get("list").ok().path("jobs")).hasSize(jobsBefore);
    assertThat(jobs.runsOf(job)).isEmpty();
    assertThat(jobs.runToEnd(job).state()).isEqualTo("TERMINATED SUCCESS");
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/json");
    assertThat(answer.errorCode()).as(answer.text()).isEqualTo(code);
    assertThat(answer.message()).isNotBlank().hasSizeLessThan(600);
    assertThat(answer.text())
        .doesNotContain("Exception", "\tat ", "io.mutirao", "java.", "com.fasterxml");
  }

  private Answer post(String path, BodyPublisher body) {
    return Jobs.send(jobs.request(path).POST(body).build());
  }

  // ---- bodies

  static Stream<String> notAnObject() {
    return Stream.of(
        "",
        " ",
        "not json",
        "{",
        "{\"name\":}",
        "{} {}",
        "{}x",
        "[]",
        "[{}]",
        "null",
        "true",
        "5",
        "\"text\"",
        "job_id=1",
        "{'name':'x'}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"job_id\":1,\"job_id\":2}",
        "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000),
        "[".repeat(100_000),
        "{\"name\":\"" + "\\uD800" + "\",",
        "{\"name\":NaN}");
  }

  @ParameterizedTest
  @MethodSource("notAnObject")
  void aBodyThatIsNotAJsonObjectIsMalformed(String body) {
    for (String path : new String[] {"create", "run-now", "delete", "runs/cancel"}) {
      assertRefused(post(path, BodyPublishers.ofString(body)), 400, "MALFORMED_REQUEST");
    }
  }

  @Test
  void aBodyThatIsNotUtf8IsMalformed() {
    byte[] body = ("{\"name\":\"a\u00ffo\"," + OK_TASK + "}").getBytes(ISO_8859_1);

    assertRefused(post("create", BodyPublishers.ofByteArray(body)), 400, "MALFORMED_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBodyOverTenMegabytesIsTooLargeWhetherItSaysSoOrNot(boolean saysSo) {
    byte[] body = new byte[TEN_MB + 1];
    Arrays.fill(body, (byte) ' ');
    BodyPublisher publisher =
        saysSo
            ? BodyPublishers.ofByteArray(body)
            : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));

    assertRefused(post("create", publisher), 413, "MAX_REQUEST_SIZE_EXCEEDED");
  }

  @Test
  void aBodyOfTenMegabytesIsRead() {
    byte[] body = new byte[TEN_MB];
    Arrays.fill(body, (byte) ' ');

    assertRefused(post("create", BodyPublishers.ofByteArray(body)), 400, "MALFORMED_REQUEST");
  }

  // ---- fields

  static Stream<String> badSettings() {
    return Stream.of(
        "{}",
        "{\"existing_cluster_id\":\"default\"}",
        "{\"spark_python_task\":{\"python_file\":\"file:/x.py\"}}",
        "{\"existing_cluster_id\":5,\"spark_python_task\":{\"python_file\":\"file:/x.py\"}}",
        "{\"existing_cluster_id\":\"default\",\"spark_python_task\":\"file:/x.py\"}",
        "{\"existing_cluster_id\":\"default\",\"spark_python_task\":{}}",
        "{\"existing_cluster_id\":\"default\",\"spark_python_task\":{\"python_file\":5}}",
        "{\"existing_cluster_id\":\"default\",\"spark_python_task\":{\"python_file\":\"\"}}",
        "{\"existing_cluster_id\":\"default\",\"spark_python_task\":{\"python_file\":\"file:/x\","
            + "\"parameters\":\"a b\"}}",
        "{\"existing_cluster_id\":\"default\",\"spark_python_task\":{\"python_file\":\"file:/x\","
            + "\"parameters\":[1,2]}}",
        "{\"existing_cluster_id\":\"default\",\"spark_python_task\":{\"python_file\":\"file:/x\","
            + "\"parameters\":[null]}}",
        "{" + OK_TASK + ",\"notebook_task\":{\"notebook_path\":\"/a\"}}",
        "{" + OK_TASK + ",\"name\":5}",
        "{" + OK_TASK + ",\"name\":{\"a\":1}}",
        "{" + OK_TASK + ",\"name\":\"a\\u0000b\"}",
        "{" + OK_TASK + ",\"name\":\"a\\ud800b\"}",
        "{" + OK_TASK + ",\"name\":\"" + "x".repeat(5_000) + "\"}",
        "{" + OK_TASK + ",\"max_concurrent_runs\":1001}",
        "{" + OK_TASK + ",\"max_concurrent_runs\":-1}",
        "{" + OK_TASK + ",\"max_concurrent_runs\":\"many\"}",
        "{" + OK_TASK + ",\"max_concurrent_runs\":1.5}",
        "{" + OK_TASK + ",\"max_concurrent_runs\":1e3}",
        "{" + OK_TASK + ",\"max_concurrent_runs\":true}",
        "{" + OK_TASK + ",\"max_concurrent_runs\":99999999999999999999}",
        "{" + OK_TASK + ",\"max_concurrent_runs\":1e400}",
        "{" + OK_TASK + ",\"timeout_seconds\":-1}",
        "{" + OK_TASK + ",\"timeout_seconds\":4294967296}",
        "{" + OK_TASK + ",\"timeout_seconds\":[]}");
  }

  @ParameterizedTest
  @MethodSource("badSettings")
  void aJobOfWrongTypesOrValuesIsRefused(String body) {
    assertRefused(post("create", BodyPublishers.ofString(body)), 400, "INVALID_PARAMETER_VALUE");
  }

  static Stream<String> badIds() {
    return Stream.of(
        "{}",
        "{%s:null}",
        "{%s:\"\"}",
        "{%s:\"abc\"}",
        "{%s:\"1 \"}",
        "{%s:1.5}",
        "{%s:true}",
        "{%s:[1]}",
        "{%s:{}}",
        "{%s:0}",
        "{%s:-1}",
        "{%s:9007199254740992}",
        "{%s:9223372036854775807}",
        "{%s:9223372036854775808}",
        "{%s:1e30}",
        "{%s:" + "9".repeat(900) + "}",
        "{%s:4000000000}");
  }

  @ParameterizedTest
  @MethodSource("badIds")
  void anIdThatIsMissingOrNoneOrUnknownIsRefused(String body) {
    String invalid = "INVALID_PARAMETER_VALUE";
    assertRefused(
        post("run-now", BodyPublishers.ofString(body.formatted("\"job_id\""))), 400, invalid);
    assertRefused(
        post("runs/cancel", BodyPublishers.ofString(body.formatted("\"run_id\""))), 400, invalid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "=",
        "=abc",
        "=1.5",
        "=0",
        "=-1",
        "=%2B1",
        "=1%00",
        "=9007199254740992",
        "=99999999999999999999",
        "=4000000000",
        "=1&job_id=2&run_id=2",
        "=%ff",
        "=1;2"
      })
  void anIdInAQueryThatIsMissingOrNoneOrUnknownIsRefused(String value) {
    for (String path : new String[] {"get?job_id", "runs/get?run_id", "runs/get-output?run_id"}) {
      assertRefused(jobs.get(path + value), 400, "INVALID_PARAMETER_VALUE");
    }
  }

  @Test
  void anUnknownIdIsNamedAsTheClientsExpect() {
    assertThat(jobs.get("get?job_id=4000000000").message())
        .isEqualTo("Job 4000000000 does not exist.");
    assertThat(jobs.get("runs/get?run_id=4000000000").message())
        .isEqualTo("Run 4000000000 does not exist.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"python_params\":\"a\"",
        "\"python_params\":[1]",
        "\"python_params\":{\"a\":1}",
        "\"python_params\":[\"a\\u0000\"]",
        "\"python_params\":[\"ação\"]",
        "\"jar_params\":[\"a\"],\"notebook_params\":{\"a\":\"b\"}",
        "\"idempotency_token\":5",
        "\"idempotency_token\":[\"a\"]",
        "\"idempotency_token\":\"a\\u0000\"",
      })
  void aRunRequestOfWrongTypesIsRefused(String fields) {
    String body = "{\"job_id\":%d,%s}".formatted(job, fields);

    assertRefused(post("run-now", BodyPublishers.ofString(body)), 400, "INVALID_PARAMETER_VALUE");
  }

  @Test
  void parametersOfMoreThanTenThousandBytesAreRefused() {
    String tooMany = "x".repeat(10_000 - "{\"python_params\":[\"\"]}".length() + 1);
    String body = "{\"job_id\":%d,\"python_params\":[\"%s\"]}".formatted(job, tooMany);

    assertRefused(post("run-now", BodyPublishers.ofString(body)), 400, "INVALID_PARAMETER_VALUE");
  }

  // ---- credentials, paths, methods

  @Test
  void aLineThatIsNoUriIsRefusedInTheDialectsFormat() throws IOException {
    assertThat(raw("/api/2.0/jobs/get?job_id=%zz")).contains(" 400 ", "\"MALFORMED_REQUEST\"");
    assertThat(raw("/api/2.0/jobs/%zz")).contains(" 400 ", "\"MALFORMED_REQUEST\"");
    assertThat(raw("/api/2.1/jobs/list?name=a|b{\"c\"}")).contains(" 200 ", "{\"jobs\":[]");
  }

  private String raw(String path) throws IOException {
    URI url = URI.create(jobs.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      String head =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
              + jobs.token()
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  static Stream<String> noCredentials() {
    return Stream.of("", "Bearer", "Bearer ", "Basic", "Basic !!!", "Digest x", "token");
  }

  @ParameterizedTest
  @MethodSource("noCredentials")
  void withoutCredentialsNothingIsAnswered(String authorization) {
    HttpRequest.Builder request = jobs.bare("/api/2.0/jobs/list");
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }

    assertRefused(Jobs.send(request.build()), 401, "UNAUTHENTICATED");
  }

  static Stream<String> wrongCredentials() {
    return Stream.of(
        "Bearer wrong",
        "Bearer " + "x".repeat(5_000),
        "Basic " + Base64.getEncoder().encodeToString("token:wrong".getBytes(UTF_8)),
        "Basic " + Base64.getEncoder().encodeToString("token:".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("wrongCredentials")
  void aWrongTokenIsDenied(String authorization) {
    HttpRequest request =
        jobs.bare("/api/2.0/jobs/list").header("Authorization", authorization).build();

    assertRefused(Jobs.send(request), 403, "PERMISSION_DENIED");
  }

  @Test
  void aWrongTokenIsDeniedBeforeTheBodyIsLookedAt() {
    HttpRequest request =
        jobs.bare("/api/2.0/jobs/create")
            .header("Authorization", "Bearer wrong")
            .POST(BodyPublishers.ofString("not json"))
            .build();

    assertRefused(Jobs.send(request), 403, "PERMISSION_DENIED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/nowhere",
        "/api",
        "/api/2.0",
        "/api/2.0/jobs",
        "/api/2.0/jobs/",
        "/api/2.0/jobs/nonsense",
        "/api/2.0/jobs/runs/nonsense",
        "/api/9.9/jobs/list",
        "/api/2.0/../2.0/nonsense",
        "/api/2.0/jobs/%00",
        "/api/2.0/jobs/%ff",
      })
  void anUnknownPathOrVersionIsNotFound(String path) {
    HttpRequest request = jobs.bare(path).header("Authorization", "Bearer " + jobs.token()).build();

    assertRefused(Jobs.send(request), 404, "ENDPOINT_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, create",
    "PUT, create",
    "DELETE, delete",
    "POST, list",
    "POST, get",
    "PATCH, run-now",
    "POST, runs/get",
    "POST, runs/list",
    "POST, runs/get-output",
    "GET, runs/cancel",
    "NONSENSE, list",
  })
  void aWrongMethodIsSaid(String method, String path) {
    HttpRequest request =
        jobs.request(path)
            .method(method, BodyPublishers.ofString("{\"job_id\":" + job + "}"))
            .build();

    assertRefused(Jobs.send(request), 405, "METHOD_NOT_ALLOWED");
  }
}
