package io.mutirao.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {

  private final Authentication authentication = Doorkeeper.letsIn("open sesame:ç");

  @ParameterizedTest
  @ValueSource(strings = {"Bearer open sesame:ç", "bearer  open sesame:ç "})
  void theTokenAsABearerIsTheAdministrator(String header) throws Rejected {
    assertThat(authentication.knownUser(header)).contains(User.administrator("admin"));
  }

  @Test
  void theTokenAsThePasswordOfTheUserTokenIsTheAdministrator() throws Rejected {
    assertThat(authentication.knownUser(basic("token:open sesame:ç")))
        .contains(User.administrator("admin"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "Bearer", "Digest abc", "Basic ???", "open sesame:ç", "Bearer-open sesame:ç"})
  void whatIsNotCredentialsIsNone(String header) {
    assertThat(problem(header)).isEqualTo(new Problem.NoCredentials());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer open",
        "Bearer open sesame:çç",
        "Bearer \0",
        "Basic dG9rZW46",
        "Basic eDp5"
      })
  void anybodyElseIsRefused(String header) {
    assertThat(problem(header)).isEqualTo(new Problem.WrongCredentials());
  }

  @Test
  void theTokenWithAnotherUserIsRefused() {
    assertThat(problem(basic("admin:open sesame:ç"))).isEqualTo(new Problem.WrongCredentials());
  }

  @Test
  void withoutATokenTheGatewayDoesNotStart() {
    assertThatThrownBy(() -> Doorkeeper.letsIn(" ")).hasMessageContaining("MUTIRAO_ADMIN_TOKEN");
  }

  private Problem problem(String header) {
    return catchThrowableOfType(Rejected.class, () -> authentication.askedUser(header)).problem();
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }
}
