package io.mutirao.gateway.databricks;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JobsHealthRules: when a run takes long. */
final class HealthMapping {

  private static final String DURATION = "RUN_DURATION_SECONDS";

  /** The others are of streams: kept, and never so. */
  private static final List<String> METRICS =
      List.of(
          DURATION,
          "STREAMING_BACKLOG_BYTES",
          "STREAMING_BACKLOG_RECORDS",
          "STREAMING_BACKLOG_SECONDS",
          "STREAMING_BACKLOG_FILES");

  /** The shortest that any rule says; null when none does. */
  static @Nullable Integer warnAfterSeconds(Fields settings) throws Rejected {
    Fields health = settings.object("health");
    Integer least = null;
    if (health != null) {
      for (Fields rule : health.objects("rules")) {
        int seconds = rule(rule);
        if (DURATION.equals(rule.text("metric")) && (least == null || seconds < least)) {
          least = seconds;
        }
      }
    }
    return least;
  }

  private static int rule(Fields rule) throws Rejected {
    rule.text("metric");
    rule.word("metric", METRICS);
    // The document says operator, clients of later versions send op.
    String operator = rule.has("op") ? "op" : "operator";
    rule.text(operator);
    rule.word(operator, List.of("GREATER_THAN"));
    if (!rule.has("value")) {
      throw Rejected.field(rule.at("value"), "required field is missing, expected a whole number");
    }
    return Math.max(1, rule.whole("value", 0, Integer.MAX_VALUE, 0));
  }

  private HealthMapping() {}
}
