package io.mutirao.systemtests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.Destinations;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code /api/2.0/notification-destinations}, as clients use it. */
@OnJourneyStack
class DestinationsIT {

  private static final Map<String, ?> WEBHOOK =
      Map.of("generic_webhook", Map.of("url", "https://hooks.example/in", "password", "geheim"));

  private final Destinations destinations;

  DestinationsIT(Mutirao mutirao) {
    destinations = new Destinations(mutirao.jobs());
  }

  @Test
  void aDestinationIsMadeShownChangedAndRemoved() {
    JsonNode made = destinations.create("ops", WEBHOOK).ok();
    String id = made.path("id").asText();

    assertThat(made.path("destination_type").asText()).isEqualTo("WEBHOOK");
    assertThat(made.at("/config/generic_webhook/secret").asText()).startsWith("whsec_");
    Answer shown = destinations.show(id);
    assertThat(shown.ok().path("display_name").asText()).isEqualTo("ops");
    assertThat(shown.text())
        .contains("\"url_set\":true", "\"password_set\":true", "\"secret_set\":true")
        .doesNotContain("geheim", "whsec_", "hooks.example");

    JsonNode renamed = destinations.change(id, Map.of("display_name", "others")).ok();
    assertThat(renamed.path("display_name").asText()).isEqualTo("others");
    assertThat(destinations.show(id).text()).isEqualTo(renamed.toString());
    JsonNode slack =
        destinations
            .change(id, Map.of("config", Map.of("slack", Map.of("url", "https://s.example"))))
            .ok();
    assertThat(slack.path("destination_type").asText()).isEqualTo("SLACK");
    assertThat(slack.path("config").toString()).isEqualTo("{\"slack\":{\"url_set\":true}}");

    destinations.delete(id).ok();
    assertThat(destinations.show(id).status()).isEqualTo(404);
    assertThat(destinations.show(id).errorCode()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
    assertThat(destinations.delete(id).status()).isEqualTo(404);
  }

  @Test
  void pagesHoldEachDestinationOnce() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(destinations.create("page " + i, WEBHOOK).ok().path("id").asText());
    }

    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = destinations.list("?page_size=2&page_token=" + token).ok();
      page.path("results").forEach(d -> listed.add(d.path("id").asText()));
      token = page.path("next_page_token").asText();
    } while (!token.isEmpty());

    assertThat(listed).containsAll(made).doesNotHaveDuplicates();
  }

  @Test
  void badInputIsNamedAndChangesNothing() {
    String id = destinations.create("ops", WEBHOOK).ok().path("id").asText();
    JsonNode before = destinations.show(id).ok();

    for (Answer answer :
        List.of(
            destinations.create("ops", Map.of()),
            destinations.create("ops", Map.of("slack", Map.of("url", "nonsense"))),
            destinations.create("", WEBHOOK),
            destinations.change(id, Map.of("config", Map.of())),
            destinations.change(id, Map.of("display_name", "")),
            destinations.change(id, Map.of("config", Map.of("slack", Map.of()))),
            destinations.list("?page_size=0"))) {
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
      assertThat(answer.message()).contains(": ");
    }
    assertThat(destinations.show("no.such").status()).isEqualTo(404);
    assertThat(destinations.deliveries("?state=LOST").status()).isEqualTo(400);
    assertThat(destinations.show(id).ok()).isEqualTo(before);
  }
}
