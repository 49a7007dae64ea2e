package io.mutirao.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mutirao.contracts.access.NewToken;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenDeskTest {

  private static final User MARIA = User.of("maria", Set.of());
  private static final InstantSource CLOCK = InstantSource.fixed(FakeAccounts.NOW);

  private final FakeAccounts accounts = new FakeAccounts();
  private final TokenDesk desk = new TokenDesk(accounts, new KnownTokens(accounts, CLOCK), CLOCK);

  @Test
  void ofATokenOnlyItsHashIsKept() throws Rejected {
    TokenDesk.Made made = desk.make("maria", MARIA, "laptop", Duration.ofHours(1));
    NewToken kept = accounts.tokens.get(made.token().id());
    assertThat(kept.hash()).isEqualTo(TokenHash.text(TokenHash.of(made.value())));
    assertThat(kept.toString()).doesNotContain(made.value());
    assertThat(kept.expiresAt()).isEqualTo(FakeAccounts.NOW.plusSeconds(3600));
  }

  @Test
  void noTwoTokensAreAlike() throws Rejected {
    TokenDesk.Made one = desk.make("maria", MARIA, "", null);
    TokenDesk.Made other = desk.make("maria", MARIA, "", null);
    assertThat(one.value()).hasSize(4 + 64).isNotEqualTo(other.value());
    assertThat(one.token().id()).isNotEqualTo(other.token().id());
  }

  @Test
  void onlyOnesOwnTokenIsFoundButTheAdministratorFindsAll() throws Rejected {
    String id = desk.make("maria", MARIA, "", null).token().id();
    assertThat(desk.find(id, MARIA)).isPresent();
    assertThat(desk.find(id, User.of("pedro", Set.of("maria")))).isEmpty();
    assertThat(desk.find(id, User.administrator("admin"))).isPresent();
  }

  @Test
  void nobodyHasMoreTokensThanAreAllowed() throws Rejected {
    for (int i = 0; i < TokenDesk.MOST; i++) {
      desk.make("maria", MARIA, "", null);
    }
    Rejected rejected =
        catchThrowableOfType(Rejected.class, () -> desk.make("maria", MARIA, "", null));
    assertThat(rejected.problem()).isInstanceOf(Problem.QuotaReached.class);
  }
}
