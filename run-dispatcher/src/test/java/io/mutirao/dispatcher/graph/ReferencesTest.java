package io.mutirao.dispatcher.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferencesTest {

  private static final Map<String, String> VALUES = Map.of("job.id", "7", "price", "$1\\2");

  private static String resolve(String json) throws Exception {
    return References.resolve(new ObjectMapper().readTree(json), VALUES::get).toString();
  }

  @Test
  void referencesAreReplacedInEveryTextOfATree() throws Exception {
    assertThat(resolve("{\"a\":[\"x{{job.id}}y\",{\"b\":\"{{ job.id }}{{job.id}}\"}],\"c\":1}"))
        .isEqualTo("{\"a\":[\"x7y\",{\"b\":\"77\"}],\"c\":1}");
  }

  @Test
  void namesOfFieldsAndTextsWithoutReferencesStayAsTheyAre() throws Exception {
    assertThat(resolve("{\"{{job.id}}\":\"{ {job.id}\",\"n\":null,\"t\":true}"))
        .isEqualTo("{\"{{job.id}}\":\"{ {job.id}\",\"n\":null,\"t\":true}");
  }

  @Test
  void aValueIsTakenAsItIs() throws Exception {
    assertThat(References.resolve("{{price}}", VALUES::get)).isEqualTo("$1\\2");
  }

  @Test
  void secretsAreLeftToTheWorker() throws Exception {
    assertThat(resolve("[\"{{job.id}} {{secrets/prod/db.password}}\"]"))
        .isEqualTo("[\"7 {{secrets/prod/db.password}}\"]");
  }

  @Test
  void anUnknownReferenceIsAnErrorThatNamesIt() {
    assertThatExceptionOfType(References.Unknown.class)
        .isThrownBy(() -> resolve("[\"{{job.colour}}\"]"))
        .withMessage("There is no dynamic value {{job.colour}}");
  }
}
