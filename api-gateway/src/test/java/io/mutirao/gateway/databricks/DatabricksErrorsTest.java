package io.mutirao.gateway.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.http.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatabricksErrorsTest {

  private record Rendered(Problem problem, int status, String code, String message) {}

  private static final List<Rendered> TABLE =
      List.of(
          new Rendered(new Problem.Malformed("why"), 400, "MALFORMED_REQUEST", "why"),
          new Rendered(new Problem.Invalid("why"), 400, "INVALID_PARAMETER_VALUE", "why"),
          new Rendered(
              new Problem.UnknownJob(123),
              400,
              "INVALID_PARAMETER_VALUE",
              "Job 123 does not exist."),
          new Rendered(
              new Problem.UnknownRun(1), 400, "INVALID_PARAMETER_VALUE", "Run 1 does not exist."),
          new Rendered(
              new Problem.TokenOfDeletedRun(), 400, "INVALID_PARAMETER_VALUE", "was deleted"),
          new Rendered(new Problem.NotCarriedOut("why"), 400, "INVALID_PARAMETER_VALUE", "why"),
          new Rendered(new Problem.RunIsActive(5), 400, "INVALID_STATE", "Run 5 is active"),
          new Rendered(new Problem.Conflict("why"), 409, "ABORTED", "why"),
          new Rendered(new Problem.QuotaReached("why"), 400, "QUOTA_EXCEEDED", "why"),
          new Rendered(
              new Problem.LimitReached("why", Duration.ofSeconds(5)),
              429,
              "REQUEST_LIMIT_EXCEEDED",
              "why"),
          new Rendered(new Problem.Denied("why"), 403, "PERMISSION_DENIED", "why"),
          new Rendered(new Problem.Missing("why"), 404, "RESOURCE_DOES_NOT_EXIST", "why"),
          new Rendered(new Problem.Taken("why"), 400, "RESOURCE_ALREADY_EXISTS", "why"),
          new Rendered(new Problem.NoSuchPage(), 400, "INVALID_PARAMETER_VALUE", "page_token"),
          new Rendered(new Problem.TooLarge("why"), 413, "MAX_REQUEST_SIZE_EXCEEDED", "why"),
          new Rendered(new Problem.NoCredentials(), 401, "UNAUTHENTICATED", "Bearer TOKEN"),
          new Rendered(
              new Problem.WrongCredentials(), 403, "PERMISSION_DENIED", "Invalid access token."),
          new Rendered(
              new Problem.NoEndpoint("GET", "/x"),
              404,
              "ENDPOINT_NOT_FOUND",
              "No API found for 'GET /x'"),
          new Rendered(
              new Problem.WrongMethod("PUT", "/x", Set.of("GET")),
              405,
              "METHOD_NOT_ALLOWED",
              "/x is called with GET, not PUT"),
          new Rendered(
              Problem.Away.forASecond("The broker is away"),
              503,
              "TEMPORARILY_UNAVAILABLE",
              "The broker is away. Nothing was changed; try again."),
          new Rendered(
              new Problem.Unanswered(Duration.ofSeconds(30)),
              504,
              "DEADLINE_EXCEEDED",
              "No answer within 30 s."),
          new Rendered(new Problem.Bug("r-1"), 500, "INTERNAL_ERROR", "r-1"));

  @Test
  void everyProblemIsRenderedWithBothFields() throws IOException {
    for (Rendered expected : TABLE) {
      Answer answer = DatabricksErrors.render(expected.problem());
      JsonNode body = Codec.JSON.readTree(answer.body());
      assertThat(answer.status()).isEqualTo(expected.status());
      assertThat(body.get("error_code").textValue()).isEqualTo(expected.code());
      assertThat(body.get("message").textValue()).contains(expected.message());
      assertThat(body).hasSize(2);
    }
  }

  @Test
  void noProblemIsForgottenInTheTable() {
    Set<Class<?>> rendered = new HashSet<>();
    TABLE.forEach(row -> rendered.add(row.problem().getClass()));
    assertThat(rendered).containsExactlyInAnyOrder(Problem.class.getPermittedSubclasses());
  }

  @Test
  void clientsAreToldWhatToDo() {
    assertThat(DatabricksErrors.render(Problem.Away.forASecond("x")).headers())
        .containsEntry("Retry-After", "1");
    assertThat(DatabricksErrors.render(new Problem.NoCredentials()).headers())
        .containsEntry("WWW-Authenticate", "Basic realm=\"mutirao\"");
    assertThat(DatabricksErrors.render(new Problem.Unanswered(Duration.ofSeconds(1))).headers())
        .doesNotContainKey("Retry-After");
  }
}
