package io.mutirao.gateway.databricks.scim;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.databricks.DatabricksErrors;
import io.mutirao.gateway.http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Problems in SCIM's own format; what has no word of its own there keeps Databricks' words. */
final class ScimErrors {

  static Answer render(Problem problem) {
    return switch (problem) {
      case Problem.Taken(var message) -> error(409, message, "uniqueness");
      case Problem.Malformed(var why) -> error(400, why, "invalidSyntax");
      case Problem.Invalid(var message) -> error(400, message, "invalidValue");
      case Problem other -> asElsewhere(DatabricksErrors.render(other));
    };
  }

  private static Answer asElsewhere(Answer answer) {
    try {
      JsonNode body = Codec.JSON.readTree(answer.body());
      ScimWire.Failure failure =
          ScimWire.Failure.of(answer.status(), body.path("message").asText(), null);
      return new Answer(answer.status(), Answer.ok(failure).body(), answer.headers());
    } catch (IOException e) {
      throw new UncheckedIOException("our own error is not JSON", e);
    }
  }

  private static Answer error(int status, String detail, @Nullable String scimType) {
    return Answer.json(status, ScimWire.Failure.of(status, detail, scimType));
  }

  private ScimErrors() {}
}
