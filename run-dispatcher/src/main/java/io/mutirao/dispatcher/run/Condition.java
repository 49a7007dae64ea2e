package io.mutirao.dispatcher.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Result;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Compares two values (Jobs API 2.1, condition_task): EQUAL_TO and NOT_EQUAL as texts, all others
 * as numbers. Pure.
 */
final class Condition {

  /**
   * What a comparison came to.
   *
   * @param outcome {@code true} or {@code false}; null when it could not be made
   */
  record Verdict(Becomes end, @Nullable String outcome) {}

  static Verdict of(ObjectNode spec) {
    String op = spec.path("op").asText();
    String left = text(spec.path("left"));
    String right = text(spec.path("right"));
    try {
      boolean holds =
          switch (op) {
            case "EQUAL_TO" -> left.equals(right);
            case "NOT_EQUAL" -> !left.equals(right);
            case "GREATER_THAN" -> compare(left, right) > 0;
            case "GREATER_THAN_OR_EQUAL" -> compare(left, right) >= 0;
            case "LESS_THAN" -> compare(left, right) < 0;
            case "LESS_THAN_OR_EQUAL" -> compare(left, right) <= 0;
            default -> throw new IllegalArgumentException("there is no operator " + op);
          };
      return new Verdict(new Becomes(Result.SUCCEEDED, Cause.DONE, ""), Boolean.toString(holds));
    } catch (IllegalArgumentException e) {
      return new Verdict(
          new Becomes(
              Result.FAILED,
              Cause.INVALID_CONFIGURATION,
              "The condition cannot be decided: " + e.getMessage()),
          null);
    }
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static int compare(String left, String right) {
    return number(left).compareTo(number(right));
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a number", e);
    }
  }

  private Condition() {}
}
