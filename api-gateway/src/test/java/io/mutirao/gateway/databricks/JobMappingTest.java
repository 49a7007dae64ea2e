package io.mutirao.gateway.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobMappingTest {

  @Test
  void theDocumentsExampleComesBackAsItWasSentWithItsScheduleUnpaused() {
    ObjectNode expected = Sent.object(Sent.EXAMPLE);
    ((ObjectNode) expected.get("schedule")).put("pause_status", "UNPAUSED");
    JsonNode shown = shown(Sent.EXAMPLE);
    assertThat(shown.get("settings")).isEqualTo(expected);
    assertThat(shown.get("job_id").longValue()).isEqualTo(7);
    assertThat(shown.get("creator_user_name").textValue()).isEqualTo("ana");
    assertThat(shown.get("run_as").textValue()).isEqualTo("ana");
    assertThat(shown.get("created_time").longValue()).isEqualTo(1_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'name':null}", "{'name':''}"})
  void aJobIsNeverWithoutAName(String settings) {
    assertThat(shown(settings).at("/settings/name").textValue()).isEqualTo("Untitled");
  }

  @Test
  void aPausedScheduleStaysPaused() {
    assertThat(shown("{'name':'x','schedule':{'pause_status':'PAUSED'}}").get("settings"))
        .isEqualTo(Sent.object("{'name':'x','schedule':{'pause_status':'PAUSED'}}"));
  }

  private static JsonNode shown(String settings) {
    return Codec.JSON.valueToTree(
        JobMapping.job(Seen.of(settings).job(), name -> name, Version.V2_0, new Pieces(0)));
  }
}
