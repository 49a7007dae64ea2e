package io.mutirao.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mutirao.contracts.access.TokenHolder;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownTokensTest {

  private static final String HASH = "ab";
  private static final User MARIA = User.of("maria", Set.of("data"));

  private Instant now = FakeAccounts.NOW;
  private final FakeAccounts accounts = new FakeAccounts();
  private final KnownTokens tokens = new KnownTokens(accounts, () -> now);

  @Test
  void whoWasAskedForIsKnownForTwoSeconds() throws Rejected {
    mariaHas(HASH, null);
    assertThat(tokens.known(HASH)).isEmpty();
    assertThat(tokens.ask(HASH)).contains(MARIA);
    now = now.plusMillis(1_999);
    assertThat(tokens.known(HASH)).contains(MARIA);
    now = now.plusMillis(1);
    assertThat(tokens.known(HASH)).isEmpty();
    assertThat(accounts.asked).isEqualTo(1);
  }

  @Test
  void aTokenThatEndsSoonerIsKnownNoLongerThanThat() throws Rejected {
    mariaHas(HASH, now.plusMillis(500));
    tokens.ask(HASH);
    now = now.plusMillis(500);
    assertThat(tokens.known(HASH)).isEmpty();
    assertThat(tokens.ask(HASH)).isEmpty();
  }

  @Test
  void aTokenThatIsNobodysIsNotRemembered() throws Rejected {
    assertThat(tokens.ask(HASH)).isEmpty();
    mariaHas(HASH, null);
    assertThat(tokens.ask(HASH)).contains(MARIA);
  }

  @Test
  void afterAChangeNobodyIsKnown() throws Rejected {
    mariaHas(HASH, null);
    tokens.ask(HASH);
    tokens.forget();
    assertThat(tokens.known(HASH)).isEmpty();
  }

  @Test
  void whatWasAskedBeforeAChangeIsNotRememberedAfterIt() throws Rejected {
    mariaHas(HASH, null);
    accounts.whileAsked = tokens::forget;
    assertThat(tokens.ask(HASH)).contains(MARIA);
    assertThat(tokens.known(HASH)).isEmpty();
  }

  @Test
  void withoutTheRegistryNobodyIsRefusedForGood() {
    accounts.away = true;
    Problem problem = catchThrowableOfType(Rejected.class, () -> tokens.ask(HASH)).problem();
    assertThat(problem)
        .isEqualTo(new Problem.Away("The job registry is away", Duration.ofSeconds(1)));
  }

  @Test
  void theMemoryIsBounded() throws Rejected {
    for (int i = 0; i <= KnownTokens.MOST; i++) {
      mariaHas("hash" + i, null);
      tokens.ask("hash" + i);
    }
    assertThat(tokens.known("hash0")).isEmpty();
    assertThat(tokens.known("hash" + KnownTokens.MOST)).contains(MARIA);
  }

  private void mariaHas(String hash, Instant expiry) {
    accounts.holders.put(hash, new TokenHolder("maria", Set.of("data"), expiry));
  }
}
