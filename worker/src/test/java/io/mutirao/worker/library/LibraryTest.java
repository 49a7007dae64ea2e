package io.mutirao.worker.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LibraryTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          mlflow==3.0.0, mlflow==3.0.0
          'mlflow<=3.0', mlflow<=3.0
          "simplejson; os_name=='posix'", "simplejson; os_name=='posix'"
          """)
  void quotesAroundARequirementAreTheShells(String sent, String requirement) {
    ObjectNode setup = new ObjectMapper().createObjectNode();
    setup.putArray("libraries").addObject().putObject("pypi").put("package", sent);

    assertThat(Library.of(setup)).containsExactly(new Library.Pypi(requirement, null));
  }
}
