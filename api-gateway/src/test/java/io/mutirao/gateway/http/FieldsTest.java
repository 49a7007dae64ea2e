package io.mutirao.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mutirao.gateway.core.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12 | 12",
        "\"12\" | 12",
        "-3 | -3",
        "9223372036854775807 | 9223372036854775807",
        "\"9007199254740993\" | 9007199254740993"
      })
  void anIdIsANumberOrAStringOfDigits(String json, long id) throws Rejected {
    assertThat(body("{\"job_id\":" + json + "}").id("job_id")).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5",
        "1e3",
        "true",
        "\"\"",
        "\"abc\"",
        "\"1 \"",
        "[1]",
        "{}",
        "9223372036854775808",
        "\"9999999999999999999\"",
        "\"٣\""
      })
  void anythingElseIsNoId(String json) {
    assertThatThrownBy(() -> body("{\"job_id\":" + json + "}").id("job_id"))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("job_id: expected an int64, not ");
  }

  @Test
  void nullAndAbsentAreMissing() {
    assertThatThrownBy(() -> body("{\"job_id\":null}").id("job_id"))
        .hasMessageContaining("job_id: required field is missing, expected an int64");
    assertThatThrownBy(() -> body("{}").text("name")).hasMessageContaining("name: required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"3\"", "3.0", "1001", "-1", "99999999999999999999", "true", "\"many\""})
  void aWholeNumberInABodyIsANumberInItsRange(String json) {
    assertThatThrownBy(() -> body("{\"n\":" + json + "}").whole("n", 0, 1000, 1))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("n: expected a whole number from 0 to 1000, not ");
  }

  @Test
  void aQueryHasTextsOnly() throws Rejected {
    Fields query = Fields.ofText(RequestJson.query("limit=3&active_only=True&off=False"));
    assertThat(query.whole("limit", 0, 1000, 20)).isEqualTo(3);
    assertThat(query.whole("offset", 0, 1000, 20)).isEqualTo(20);
    assertThat(query.flag("active_only")).isTrue();
    assertThat(query.flag("off")).isFalse();
    assertThatThrownBy(() -> query.flag("limit")).hasMessageContaining("limit: expected true");
  }

  @Test
  void aFieldInsideSaysWhereItStands() {
    assertThatThrownBy(
            () -> {
              Fields item = body("{\"a\":[{},{\"b\":7}]}").objects("a").get(1);
              item.text("b");
            })
        .hasMessageContaining("a[1].b: expected a string, not 7");
  }

  @Test
  void aFlagInABodyIsNoText() {
    assertThatThrownBy(() -> body("{\"f\":\"true\"}").flag("f"))
        .hasMessageContaining("f: expected true or false");
  }

  private static Fields body(String json) throws Rejected {
    return Fields.of(RequestJson.object(json.getBytes(UTF_8)));
  }
}
