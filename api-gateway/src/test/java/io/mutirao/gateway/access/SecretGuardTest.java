package io.mutirao.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.secret.ScopeView;
import io.mutirao.contracts.secret.SecretGrant;
import io.mutirao.contracts.secret.SecretGrant.Level;
import io.mutirao.gateway.core.User;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretGuardTest {

  private static final User ANA = User.of("ana", Set.of("data"));

  @Test
  void aHigherLevelIncludesTheLower() {
    assertThat(SecretGuard.allows(ANA, scope("Ana", Level.WRITE), Level.READ)).isTrue();
    assertThat(SecretGuard.allows(ANA, scope("ana", Level.WRITE), Level.MANAGE)).isFalse();
  }

  @Test
  void whatAGroupMayItsMembersMay() {
    assertThat(SecretGuard.allows(ANA, scope("data", Level.READ), Level.READ)).isTrue();
    assertThat(SecretGuard.allows(ANA, scope("users", Level.READ), Level.READ)).isTrue();
    assertThat(SecretGuard.allows(ANA, scope("ops", Level.MANAGE), Level.READ)).isFalse();
  }

  @Test
  void administratorsMayDoEverything() {
    ScopeView nobodys = new ScopeView("s", "x", List.of(), List.of());
    assertThat(SecretGuard.allows(User.administrator("admin"), nobodys, Level.MANAGE)).isTrue();
    assertThat(SecretGuard.allows(ANA, nobodys, Level.READ)).isFalse();
  }

  private static ScopeView scope(String principal, Level level) {
    return new ScopeView("s", "x", List.of(new SecretGrant(principal, level)), List.of());
  }
}
