package io.mutirao.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.notice.DestinationKind;
import io.mutirao.contracts.topic.Codec;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class CallsTest {

  private static final URI PAGERDUTY = URI.create("https://events.example/v2/enqueue");
  private static final String URL = "https://hooks.example/in?token=1";
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final Calls calls = new Calls(Examples.BASE, PAGERDUTY);

  @Test
  void aWebhookIsOursAndSigned() throws Exception {
    HttpCall call =
        call(Examples.to(DestinationKind.WEBHOOK, Map.of("url", URL, "secret", SECRET)));

    assertThat(call.url()).hasToString(URL);
    assertThat(call.headers())
        .containsEntry("webhook-id", "msg_1")
        .containsEntry("webhook-timestamp", String.valueOf(Examples.AT.getEpochSecond()))
        .containsEntry(
            "webhook-signature",
            Signature.of(SECRET, "msg_1", Examples.AT.getEpochSecond(), call.body()))
        .doesNotContainKey("Authorization");
    JsonNode body = Codec.JSON.readTree(call.body());
    assertThat(body.at("/event_type").asText()).isEqualTo("jobs.on_failure");
    assertThat(body.at("/job/job_id").asText()).isEqualTo("44");
    assertThat(body.at("/job/name").asText()).isEqualTo("nightly");
    assertThat(body.at("/run/run_id").asText()).isEqualTo("77");
    assertThat(body.at("/run/result").asText()).isEqualTo("FAILED");
    assertThat(body.at("/run/run_duration").asLong()).isEqualTo(75_000);
    assertThat(body.at("/run/attempt_number").asInt()).isEqualTo(1);
    assertThat(body.at("/run/state_message").asText()).isEqualTo("ValueError: no day");
    assertThat(body.at("/run/job_parameters/day").asText()).isEqualTo("today");
    assertThat(body.at("/run/run_page_url").asText())
        .isEqualTo("http://mutirao.example:8080/?o=0#job/44/run/77");
  }

  @Test
  void aWebhookMayAskForAUserAndPassword() {
    HttpCall call =
        call(
            Examples.to(
                DestinationKind.WEBHOOK,
                Map.of("url", URL, "username", "ana", "password", "geheim")));

    assertThat(call.headers()).containsEntry("Authorization", "Basic YW5hOmdlaGVpbQ==");
  }

  @Test
  void nobodyMentionsAChannelOfSlackByTheNameOfAJob() throws Exception {
    Parcel parcel =
        Examples.to(
            Examples.failure("<!channel> & co", "no"),
            DestinationKind.SLACK,
            Map.of("url", URL),
            List.of());

    assertThat(Codec.JSON.readTree(call(parcel).body()).get("text").asText())
        .isEqualTo("&lt;!channel&gt; &amp; co failed (run 77)");
  }

  @Test
  void teamsGetsACardWithTheFacts() throws Exception {
    HttpCall call = call(Examples.to(DestinationKind.MICROSOFT_TEAMS, Map.of("url", URL)));

    JsonNode card = Codec.JSON.readTree(call.body()).at("/attachments/0/content");
    assertThat(card.at("/body/0/text").asText()).isEqualTo("nightly failed (run 77)");
    assertThat(card.at("/body/1/facts").findValuesAsText("title"))
        .contains("Job", "Run", "Result", "Message", "Duration");
  }

  @Test
  void pagerDutyGetsAnEventThatItTellsFromItsRepeats() throws Exception {
    HttpCall call = call(Examples.to(DestinationKind.PAGERDUTY, Map.of("integration_key", "k-1")));

    assertThat(call.url()).isEqualTo(PAGERDUTY);
    JsonNode body = Codec.JSON.readTree(call.body());
    assertThat(body.get("routing_key").asText()).isEqualTo("k-1");
    assertThat(body.get("event_action").asText()).isEqualTo("trigger");
    assertThat(body.get("dedup_key").asText()).isEqualTo("msg_1");
    assertThat(body.at("/payload/severity").asText()).isEqualTo("error");
    assertThat(body.at("/payload/summary").asText()).isEqualTo("nightly failed (run 77)");
  }

  private HttpCall call(Parcel parcel) {
    return calls.of(parcel, Objects.requireNonNull(parcel.destination()));
  }
}
