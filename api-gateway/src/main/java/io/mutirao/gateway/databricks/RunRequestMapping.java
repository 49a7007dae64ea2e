package io.mutirao.gateway.databricks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What run-now and runs/list ask for. */
final class RunRequestMapping {

  private static final int MAX_TOKEN = 64;
  private static final int MAX_PARAMS_BYTES = 10_000;
  private static final int MAX_LIMIT = 1000;
  private static final int DEFAULT_LIMIT = 20;
  private static final List<String> RUN_TYPES =
      List.of(RunMapping.JOB_RUN, "WORKFLOW_RUN", "SUBMIT_RUN");

  static Runs.Request request(Fields in) throws Rejected {
    return new Runs.Request(Ids.job(in), parameters(in), Map.of(), null, List.of(), token(in));
  }

  private static Map<String, JsonNode> parameters(Fields in) throws Rejected {
    in.texts("jar_params");
    Ascii.list(in, "python_params");
    Ascii.list(in, "spark_submit_params");
    Ascii.map(in, "notebook_params");
    if (in.has("jar_params") && in.has("notebook_params")) {
      throw Rejected.invalid("jar_params and notebook_params cannot be given together");
    }
    Map<String, JsonNode> parameters = new TreeMap<>();
    for (TaskField field : TaskField.values()) {
      if (field.params != null && in.has(field.params)) {
        parameters.put(field.kind, shortEnough(in.node(), field.params));
      }
    }
    return parameters;
  }

  /** Counts as the document does: the field as JSON, with its name. */
  private static JsonNode shortEnough(ObjectNode in, String name) throws Rejected {
    JsonNode value = in.get(name);
    int bytes = in.objectNode().set(name, value).toString().getBytes(UTF_8).length;
    if (bytes > MAX_PARAMS_BYTES) {
      throw Rejected.field(
          name,
          "its JSON representation has "
              + bytes
              + " bytes, at most "
              + MAX_PARAMS_BYTES
              + " are allowed");
    }
    return value;
  }

  private static @Nullable String token(Fields in) throws Rejected {
    String token = in.optionalText("idempotency_token");
    if (token != null && token.length() > MAX_TOKEN) {
      throw Rejected.field(
          "idempotency_token",
          "at most " + MAX_TOKEN + " characters are allowed, not " + token.length());
    }
    return token == null || token.isEmpty() ? null : token;
  }

  /** Which runs to list; empty when there cannot be any, for all of ours are of one type. */
  static Optional<Runs.Query> query(Fields in) throws Rejected {
    int limit = in.whole("limit", 0, Integer.MAX_VALUE, DEFAULT_LIMIT);
    if (limit > MAX_LIMIT) {
      throw Rejected.invalid(
          "Invalid limit " + limit + " - it has to be no more than " + MAX_LIMIT + ".");
    }
    String type = in.word("run_type", RUN_TYPES);
    Runs.Query query =
        new Runs.Query(
            Ids.optionalJob(in),
            which(in),
            null,
            null,
            null,
            null,
            in.whole("offset", 0, Integer.MAX_VALUE, 0),
            limit == 0 ? MAX_LIMIT : limit);
    return type == null || type.equals(RunMapping.JOB_RUN) ? Optional.of(query) : Optional.empty();
  }

  private static Runs.Which which(Fields in) throws Rejected {
    boolean active = in.flag("active_only");
    boolean completed = in.flag("completed_only");
    if (active && completed) {
      throw Rejected.invalid("active_only and completed_only cannot both be true");
    }
    return active ? Runs.Which.ACTIVE : completed ? Runs.Which.FINISHED : Runs.Which.ALL;
  }

  private RunRequestMapping() {}
}
