package io.mutirao.systemtests.dialects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Exchanges of real clients, sent again: what they read of the answer must be there. Writes into
 * the dialect's page how many match.
 */
@OnJourneyStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabricksExchangesIT {

  private static final Path RECORDED = Path.of("src/test/resources/exchanges/databricks-jobs.yaml");
  private static final Path PAGE = Path.of("../docs/dialects/databricks.md");
  private static final String BEGIN = "<!-- exchanges -->";
  private static final String END = "<!-- -->";

  /** Stands for a quote that stays, while the others around ids go. */
  private static final String QUOTE = "\u0001";

  private final Jobs jobs;
  private final Map<String, String> saved = new HashMap<>();
  private int matching;
  private int all;

  DatabricksExchangesIT(Mutirao mutirao) {
    jobs = mutirao.jobs();
    saved.put("unique", UUID.randomUUID().toString());
    saved.put("readers", readers(Api.administrator(mutirao)));
    saved.put("script", mutirao.scripts().write("print('done')").toString());
    saved.put("failing", mutirao.scripts().write("raise ValueError('no day')").toString());
  }

  /** A group of its own: what all users may see stands in the lists of the tests beside this. */
  private static String readers(Api administrator) {
    String name = Api.name("readers");
    Answer made =
        administrator.post("/api/2.0/preview/scim/v2/Groups", Map.of("displayName", name));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return name;
  }

  @TestFactory
  Stream<DynamicTest> anAnswerHasWhatTheClientReadsOfIt() throws IOException {
    JsonNode recorded = new YAMLMapper().readTree(Files.readString(RECORDED));
    all = recorded.size();
    return StreamSupport.stream(recorded.spliterator(), false)
        .map(exchange ->
            dynamicTest(
                exchange.path("client").asText() + ": " + exchange.path("does").asText(),
                () -> replay(exchange)));
  }

  @AfterAll
  void writeHowManyMatch() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String count = matching + " of " + all;
    String now = page.substring(0, begin) + count + page.substring(page.indexOf(END, begin));
    if (!now.equals(page)) {
      Files.writeString(PAGE, now);
    }
  }

  private void replay(JsonNode exchange) {
    String path = fill(exchange.path("path").asText());
    JsonNode wanted = exchange.path("answer");
    Answer answer = send(exchange, path);
    if (exchange.path("await").asBoolean()) {
      jobs.awaitEnd(answer.json().path("run_id").asLong());
      answer = send(exchange, path);
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(exchange.path("status").asInt(200));
    JsonNode got = answer.json();
    List<String> differences = new ArrayList<>();
    compare("", wanted, got, differences);
    assertThat(differences).as(answer.text()).isEmpty();
    if (exchange.path("whole").asBoolean()) {
      assertThat(got).as(answer.text()).hasSize(wanted.size());
    }
    for (var header : exchange.path("answerHeaders").properties()) {
      assertThat(answer.header(header.getKey())).isEqualTo(header.getValue().asText());
    }
    for (JsonNode name : exchange.path("absent")) {
      assertThat(got.has(name.asText())).as(name.asText()).isFalse();
    }
    exchange
        .path("save")
        .properties()
        .forEach(save -> saved.put(save.getKey(), got.at("/" + save.getValue().asText()).asText()));
    matching++;
  }

  private Answer send(JsonNode exchange, String path) {
    HttpRequest.Builder request = jobs.bare(path).header("Authorization", "Bearer " + jobs.token());
    exchange
        .path("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), header.getValue().asText()));
    String body = exchange.has("body") ? body(exchange.path("body")) : "";
    return Jobs.send(
        request
            .method(
                exchange.path("method").asText(),
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build());
  }

  /** Ids are numbers, but where they were recorded as strings. */
  private String body(JsonNode body) {
    return fill(
        body.toString()
            .replaceAll("\"\\\\\"(\\$\\{\\w+})\\\\\"\"", QUOTE + "$1" + QUOTE)
            .replaceAll("\"(\\$\\{(?!unique|readers|script|failing)\\w+})\"", "$1")
            .replace(QUOTE, "\""));
  }

  private String fill(String text) {
    String filled = text;
    for (var value : saved.entrySet()) {
      filled = filled.replace("${" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }

  private void compare(String at, JsonNode wanted, JsonNode got, List<String> differences) {
    if (wanted.isObject()) {
      wanted
          .properties()
          .forEach(field ->
              compare(
                  at + "/" + field.getKey(),
                  field.getValue(),
                  got.path(field.getKey()),
                  differences));
    } else if (wanted.isArray()) {
      if (got.size() != wanted.size()) {
        differences.add(at + ": " + wanted.size() + " items, not " + got.size());
      }
      for (int i = 0; i < wanted.size(); i++) {
        compare(at + "/" + i, wanted.get(i), got.path(i), differences);
      }
    } else if (!fits(fill(wanted.asText()), got)) {
      differences.add(at + ": " + wanted + ", not " + got);
    }
  }

  private static boolean fits(String wanted, JsonNode got) {
    return switch (wanted) {
      case "<int>" -> got.isIntegralNumber();
      case "<string>" -> got.isTextual();
      case "<bool>" -> got.isBoolean();
      case "<object>" -> got.isObject();
      case "<array>" -> got.isArray();
      default -> got.isValueNode() && got.asText().equals(wanted);
    };
  }
}
