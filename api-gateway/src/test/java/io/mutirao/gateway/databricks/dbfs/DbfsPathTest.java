package io.mutirao.gateway.databricks.dbfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mutirao.gateway.core.Rejected;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DbfsPathTest {

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b, dbfs/a/b",
    "/a/b/, /a/b, dbfs/a/b",
    "dbfs:/a b, /a b, dbfs/a b",
    "/, /, dbfs",
    "dbfs:/, /, dbfs"
  })
  void aPathIsAnObject(String given, String text, String object) throws Rejected {
    DbfsPath path = DbfsPath.of("path", given);
    assertThat(path.text()).isEqualTo(text);
    assertThat(path.object().value()).isEqualTo(object);
    assertThat(DbfsPath.of(path.object())).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "dbfs:a", "//a", "/a//b", "/..", "/a/..", "/../logs", "/a\0", "/a\\.."})
  void aPathThatCouldLeadOutIsRefused(String given) {
    assertThatThrownBy(() -> DbfsPath.of("path", given))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("path");
  }
}
