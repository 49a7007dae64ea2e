package io.mutirao.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | Unrecognized token",
        "'' | empty",
        "' ' | empty",
        "null | not null",
        "[1] | not array",
        "\"text\" | not string",
        "12 | not number",
        "{\"a\":1} {} | Trailing token",
        "{\"a\":1,\"a\":2} | Duplicate field 'a'",
        "{'a':1} | Unexpected character",
        "{\"a\":NaN} | NaN",
        "{\"a\": | end-of-input",
        "{\"a\":\"\t\"} | Illegal unquoted character"
      })
  void whatIsNotOneJsonObjectIsMalformed(String body, String says) {
    assertThat(problem(body.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Problem.Malformed.class,
            malformed -> assertThat(malformed.why()).contains(says).doesNotContain("jackson", "`"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00ff\u00fe", "\u00c3", "\u00ed\u00a0\u0080"})
  void bytesThatAreNotUtf8AreMalformed(String bytes) {
    assertThat(problem(("{\"a\":\"" + bytes + "\"}").getBytes(ISO_8859_1)))
        .isInstanceOf(Problem.Malformed.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":\"x\\u0000\"} | a: the character U+0000",
        "{\"a\":{\"b\":[1,\"\\u0000\"]}} | a.b[1]: the character U+0000",
        "{\"a\":{\"\\u0000\":1}} | a: the character U+0000",
        "{\"a\":\"\\ud800\"} | a: half a character",
        "{\"a\":\"\\udc00\\ud800\"} | a: half a character",
        "{\"a\":1e999} | a: the number is too large"
      })
  void whatWeCouldNotHandOnUnchangedIsRefusedWithTheFieldsName(String body, String says) {
    assertThat(problem(body.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Problem.Invalid.class, invalid -> assertThat(invalid.message()).startsWith(says));
  }

  @Test
  void bombsAreRefusedAndDoNotGoOff() {
    assertThat(problem("[".repeat(100_000).getBytes(UTF_8))).isInstanceOf(Problem.Malformed.class);
    assertThat(problem(("{\"a\":[" + "{},".repeat(1_000_000) + "{}]}").getBytes(UTF_8)))
        .isInstanceOf(Problem.Malformed.class);
    assertThat(problem(("{\"a\":" + "9".repeat(5_000) + "}").getBytes(UTF_8)))
        .isInstanceOf(Problem.Malformed.class);
  }

  @Test
  void ordinaryTextOfAnyLanguageIsTakenAsItIs() throws Rejected {
    ObjectNode read = RequestJson.object("\uFEFF{\"a\":\"ção 漢字 😀\"}".getBytes(UTF_8));
    assertThat(read.get("a").textValue()).isEqualTo("ção 漢字 😀");
  }

  @Test
  void aQueryIsReadAsTextsAndEmptyOnesAreLeftOut() throws Rejected {
    ObjectNode read = RequestJson.query("a=1&b=x%20y&page_token=");
    assertThat(read.toString()).isEqualTo("{\"a\":\"1\",\"b\":\"x y\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%zz", "a=1&a=2", "a=%00"})
  void aQueryThatIsAmbiguousOrBrokenIsRefused(String query) {
    assertThat(catchThrowableOfType(Rejected.class, () -> RequestJson.query(query))).isNotNull();
  }

  private static Problem problem(byte[] body) {
    return catchThrowableOfType(Rejected.class, () -> RequestJson.object(body)).problem();
  }
}
