package io.mutirao.systemtests.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The OpenAPI document of the Jobs API, held against everything that tests send and get: an answer
 * must be as it says, and so must a request that was accepted.
 */
final class OpenApi {

  private static final Pattern JOBS = Pattern.compile("/api/(2\\.[012])/jobs/([a-z/-]+)");
  private static final Path DOCUMENT =
      Path.of("../api-gateway/src/main/resources/openapi/databricks-jobs.yaml");

  private static final JsonNode API = read();
  private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();
  private static final Map<String, AtomicInteger> SEEN = new ConcurrentSkipListMap<>();

  /** How many exchanges were held against the document, by what was asked. */
  static Map<String, AtomicInteger> seen() {
    return SEEN;
  }

  /**
   * Fails when an exchange is not as the document says.
   *
   * @param body of the request; empty when it had none, or none that is known here
   */
  static void check(String method, String path, Optional<String> body, Answer answer) {
    Matcher parts = JOBS.matcher(path);
    if (!parts.matches()) {
      return;
    }
    JsonNode operation =
        API.path("paths")
            .path("/api/{version}/jobs/" + parts.group(2))
            .path(method.toLowerCase(Locale.ROOT));
    if (operation.isMissingNode()) {
      return;
    }
    String what = method + " " + parts.group(2);
    boolean ok = answer.status() == 200;
    JsonNode response = operation.path("responses").path(ok ? "200" : "default");
    validate(what + " answered " + answer.status(), named(response), answer.text());
    if (ok && body.isPresent() && operation.has("requestBody")) {
      validate(what + " accepted", named(operation.path("requestBody")), body.get());
    }
    SEEN.computeIfAbsent(what + (ok ? "" : ", refused"), _ -> new AtomicInteger())
        .incrementAndGet();
  }

  /** The schema of a response or of a request's body, which the document names. */
  private static String named(JsonNode reference) {
    String pointer = reference.path("$ref").asText().substring(1);
    return API.at(pointer).at("/content/application~1json/schema/$ref").asText();
  }

  private static void validate(String what, String schema, String json) {
    JsonNode value;
    try {
      value = Answer.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(what + " with what is not JSON: " + json, e);
    }
    var wrong = SCHEMAS.computeIfAbsent(schema, OpenApi::schema).validate(value);
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          what
              + " and the OpenAPI document says otherwise ("
              + schema
              + "): "
              + wrong.stream().map(ValidationMessage::getMessage).collect(Collectors.joining("; "))
              + "\n"
              + json);
    }
  }

  private static JsonSchema schema(String reference) {
    ObjectNode root = Answer.JSON.createObjectNode().put("$ref", reference);
    root.set("components", API.path("components"));
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root);
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Files.readString(DOCUMENT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OpenApi() {}
}
