package io.mutirao.gateway.databricks.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SecretMappingTest {

  @Test
  void aValueIsATextOrBytesInBase64() throws Exception {
    assertThat(SecretMapping.value(in("{'string_value': 'olá'}"))).isEqualTo("olá".getBytes(UTF_8));
    assertThat(SecretMapping.value(in("{'bytes_value': 'AAEC'}"))).containsExactly(0, 1, 2);
    assertThat(SecretMapping.value(in("{'string_value': ''}"))).isEmpty();
  }

  @Test
  void aValueThatIsWrongIsNotRepeated() {
    refused(
        () -> SecretMapping.value(in("{'bytes_value': '?geheim?'}")),
        "bytes_value: expected a string in base64");
    refused(
        () -> SecretMapping.value(in("{'string_value': 4711}")), "string_value: expected a string");
    refused(
        () -> SecretMapping.value(in("{'string_value': 'a', 'bytes_value': 'YQ=='}")),
        "string_value: exactly one of string_value, bytes_value is expected");
    refused(
        () -> SecretMapping.value(in("{}")),
        "string_value: exactly one of string_value, bytes_value is expected");
    refused(
        () -> SecretMapping.value(in("{'string_value': '" + "x".repeat(131_073) + "'}")),
        "string_value: at most 128 KB are allowed, not 131073 bytes");
  }

  @Test
  void namesAreShortAndPlain() throws Exception {
    assertThat(SecretMapping.scope(in("{'scope': 'my-scope_1.x@y'}"))).isEqualTo("my-scope_1.x@y");
    refused(
        () -> SecretMapping.scope(in("{'scope': 'a/b'}")),
        "scope: expected 1 to 128 letters, digits, -, _, @ and ., not \"a/b\"");
    refused(() -> SecretMapping.key(in("{}")), "key: required field is missing, expected a string");
  }

  @Test
  void aScopeOfAKeyVaultIsRefused() {
    refused(
        () -> SecretMapping.requireOurs(in("{'scope_backend_type': 'AZURE_KEYVAULT'}")),
        "scope_backend_type: expected DATABRICKS; scopes of a key vault are not served here");
    refused(
        () -> SecretMapping.level(in("{'permission': 'ADMIN'}")),
        "permission: expected one of READ, WRITE, MANAGE, not \"ADMIN\"");
    refused(
        () -> SecretMapping.manager(in("{'initial_manage_principal': 'ana'}"), "bob"),
        "initial_manage_principal: expected one of users, not \"ana\"");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Rejected.class,
            e -> assertThat(e.problem()).hasFieldOrPropertyWithValue("message", message));
  }

  private static Fields in(String json) throws JsonProcessingException {
    return Fields.of((ObjectNode) Codec.JSON.readTree(json.replace('\'', '"')));
  }
}
