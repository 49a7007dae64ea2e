package io.mutirao.contracts.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SealTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef01234567";
  private static final byte[] VALUE = "hunter2".getBytes(UTF_8);

  private final Seal seal = Seal.with(KEY);

  @Test
  void whatIsSealedIsOpenedByWhoeverHoldsTheKey() throws Seal.Broken {
    String sealed = seal.seal("secret:a/b", VALUE);

    assertThat(sealed).startsWith("v1:").doesNotContain("hunter2");
    assertThat(Seal.with(KEY).open("secret:a/b", sealed)).isEqualTo(VALUE);
  }

  @Test
  void equalValuesLookDifferent() {
    assertThat(seal.seal("x", VALUE)).isNotEqualTo(seal.seal("x", VALUE));
  }

  @Test
  void anotherKeyAnotherNameOrAChangedByteOpensNothing() {
    String sealed = seal.seal("secret:a/b", VALUE);
    char last = sealed.charAt(sealed.length() - 3);
    String changed =
        sealed.substring(0, sealed.length() - 3)
            + (last == 'A' ? 'B' : 'A')
            + sealed.substring(sealed.length() - 2);

    assertThatThrownBy(() -> Seal.with(KEY + "x").open("secret:a/b", sealed))
        .isInstanceOf(Seal.Broken.class)
        .hasMessageContaining("MUTIRAO_SECRET_KEY");
    assertThatThrownBy(() -> seal.open("secret:a/c", sealed)).isInstanceOf(Seal.Broken.class);
    assertThatThrownBy(() -> seal.open("secret:a/b", changed)).isInstanceOf(Seal.Broken.class);
    assertThatThrownBy(() -> seal.open("secret:a/b", "v1:")).isInstanceOf(Seal.Broken.class);
    assertThatThrownBy(() -> seal.open("secret:a/b", "hunter2")).isInstanceOf(Seal.Broken.class);
  }

  @Test
  void namesOfSecretsDifferNotBySmallLetters() {
    assertThat(Seal.nameOf("Prod", "Db-Password")).isEqualTo(Seal.nameOf("prod", "db-password"));
  }

  @Test
  void aKeyThatCouldBeGuessedIsRefused() {
    assertThatThrownBy(() -> Seal.with("secret"))
        .hasMessage("MUTIRAO_SECRET_KEY has 6 characters; at least 32 random ones are needed");
  }
}
