package io.mutirao.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "a//b",
        "a/",
        "..",
        "a/../../b",
        "a/..",
        "./a",
        "a\\b",
        "a\0b",
        "a/.upload-1"
      })
  void aPathThatCouldLeadOutCannotBeMade(String path) {
    assertThatThrownBy(() -> new ObjectPath(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ordinaryNamesAreFine() {
    assertThat(ObjectPath.of("logs", 17L, "a b/ç..x").value()).isEqualTo("logs/17/a b/ç..x");
    assertThatThrownBy(() -> new ObjectPath("a".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
