package io.mutirao.gateway.databricks.destinations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.notice.DestinationKind;
import io.mutirao.contracts.notice.DestinationView;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.databricks.destinations.DestinationMapping.Config;
import io.mutirao.gateway.http.Fields;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DestinationMappingTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void eachKindHasItsFields() throws Exception {
    assertThat(
            config("{'generic_webhook':{'url':'https://x.example/in','secret':'" + SECRET + "'}}"))
        .isEqualTo(
            new Config(
                DestinationKind.WEBHOOK,
                Map.of("url", "https://x.example/in", "secret", SECRET),
                null));
    assertThat(config("{'slack':{'url':'https://hooks.slack.example/1'}}").kind())
        .isEqualTo(DestinationKind.SLACK);
    assertThat(config("{'microsoft_teams':{'url':'https://teams.example/1'}}").kind())
        .isEqualTo(DestinationKind.MICROSOFT_TEAMS);
    assertThat(config("{'pagerduty':{'integration_key':'k-1'}}").fields())
        .isEqualTo(Map.of("integration_key", "k-1"));
    assertThat(config("{'email':{'addresses':['ana@example.org']}}").addresses())
        .isEqualTo(List.of("ana@example.org"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                  | config
          {'slack':{'url':'https://a.example'},'email':{'addresses':['a@b']}} | config
          {'carrier_pigeon':{}}                                               | config
          {'slack':{}}                                                        | config.slack.url
          {'slack':{'url':7}}                                                 | config.slack.url
          {'slack':{'url':'ftp://a.example'}}                                 | config.slack.url
          {'slack':{'url':'https://u:p@a.example'}}                           | config.slack.url
          {'slack':{'url':'https:///path'}}                                   | config.slack.url
          {'slack':{'url':'not a url'}}                                       | config.slack.url
          {'slack':{'url':'https://a.example','oauth_token':'x'}}             | config.slack.oauth_token
          {'generic_webhook':{'url':'https://a.example','secret':'whsec_AA'}} | config.generic_webhook.secret
          {'generic_webhook':{'url':'https://a.example','secret':'abc'}}      | config.generic_webhook.secret
          {'generic_webhook':{'url':'https://a.example','username':'a:b'}}    | config.generic_webhook.username
          {'generic_webhook':{'url':'https://a.example','password':'é'}}      | config.generic_webhook.password
          {'pagerduty':{}}                                                    | config.pagerduty.integration_key
          {'email':{}}                                                        | config.email.addresses
          {'email':{'addresses':['nobody']}}                                  | config.email.addresses
          """)
  void whatIsNotAsItMustBeIsNamed(String config, String field) {
    assertThat(refusal(() -> config(config))).startsWith(field + ": ");
  }

  @Test
  void aSecretThatIsWrongIsNotRepeatedInTheAnswer() {
    assertThat(
            refusal(() ->
                config("{'generic_webhook':{'url':'https://a.example','password':'geheim é'}}")))
        .doesNotContain("geheim");
  }

  @Test
  void aChangeOfTheSameKindNeedNotSayEverythingAgain() throws Exception {
    Fields in = in("{'config':{'generic_webhook':{'password':'new'}}}");

    assertThat(DestinationMapping.config(in, DestinationKind.WEBHOOK).fields())
        .isEqualTo(Map.of("password", "new"));
    assertThat(refusal(() -> DestinationMapping.config(in, DestinationKind.SLACK)))
        .startsWith("config.generic_webhook.url: ");
  }

  @Test
  void aNameIsOneLine() {
    assertThat(refusal(() -> DestinationMapping.name(in("{}")))).startsWith("display_name: ");
    assertThat(refusal(() -> DestinationMapping.name(in("{'display_name':'  '}"))))
        .startsWith("display_name: ");
    assertThat(refusal(() -> DestinationMapping.name(in("{'display_name':'a\\nb'}"))))
        .startsWith("display_name: ");
  }

  @Test
  void ofWhatWasGivenOnlyThatItWasGivenIsShown() throws Exception {
    DestinationView view =
        new DestinationView(
            "d-1", "ops", DestinationKind.WEBHOOK, List.of(), Set.of("url", "secret"));

    assertThat(json(DestinationMapping.wire(view, null)))
        .isEqualTo(
            Codec.JSON.readTree(
                """
                {"id": "d-1", "display_name": "ops", "destination_type": "WEBHOOK",
                 "config": {"generic_webhook": {"url_set": true, "secret_set": true}}}
                """));
    assertThat(
            json(DestinationMapping.wire(view, SECRET))
                .at("/config/generic_webhook/secret")
                .asText())
        .isEqualTo(SECRET);
  }

  private interface Reading {
    @Nullable Object read() throws Exception;
  }

  private static String refusal(Reading reading) {
    Rejected refused = catchThrowableOfType(Rejected.class, reading::read);
    return ((Problem.Invalid) refused.problem()).message();
  }

  private static Config config(String config) throws Exception {
    return DestinationMapping.config(in("{'config':" + config + "}"), null);
  }

  private static Fields in(String json) throws JsonProcessingException {
    return Fields.of((ObjectNode) Codec.JSON.readTree(json.replace('\'', '"')));
  }

  private static JsonNode json(Object wire) throws IOException {
    return Codec.JSON.readTree(Codec.JSON.writeValueAsBytes(wire));
  }
}
