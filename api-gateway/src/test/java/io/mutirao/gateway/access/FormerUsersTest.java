package io.mutirao.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class FormerUsersTest {

  private volatile Instant now = FakeAccounts.NOW;
  private final FakeAccounts accounts = new FakeAccounts();
  private final FormerUsers users = new FormerUsers(accounts, () -> now);

  @Test
  void whoWasDeletedIsNotNamedHoweverHeIsWritten() {
    accounts.former = Set.of("ana");

    assertThat(users.unlessFormer("Ana")).isNull();
    assertThat(users.unlessFormer("Ben")).isEqualTo("Ben");
    assertThat(accounts.asked).isEqualTo(1);
  }

  @Test
  void whoIsDeletedHereIsNotNamedFromThenOn() {
    BooleanSupplier unchanged = users.unchanged();
    assertThat(users.unlessFormer("ana")).isEqualTo("ana");
    assertThat(unchanged.getAsBoolean()).isTrue();

    accounts.former = Set.of("ana");
    users.forget();

    assertThat(unchanged.getAsBoolean()).isFalse();
    assertThat(users.unlessFormer("ana")).isNull();
    assertThat(unchanged.getAsBoolean()).isFalse();
    assertThat(users.unchanged().getAsBoolean()).isTrue();
  }

  @Test
  void whoIsDeletedElsewhereIsSoonNotNamedAndNobodyWaitsForIt() {
    BooleanSupplier unchanged = users.unchanged();
    accounts.former = Set.of("ana");
    now = now.plus(FormerUsers.REMEMBERED);

    assertThat(users.unlessFormer("ana")).isEqualTo("ana");
    while (unchanged.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(users.unlessFormer("ana")).isNull();
  }

  @Test
  void whatWasAskedBeforeAChangeIsNotRememberedAfterIt() {
    accounts.whileAsked =
        () -> {
          accounts.former = Set.of("ana");
          users.forget();
        };
    assertThat(users.unlessFormer("ana")).isEqualTo("ana");
    accounts.whileAsked = () -> {};
    assertThat(users.unlessFormer("ana")).isNull();
  }

  @Test
  void whileTheRegistryIsAwayItIsAskedNowAndThenOnly() {
    accounts.away = true;

    assertThat(users.unlessFormer("ana")).isEqualTo("ana");
    assertThat(users.unlessFormer("ana")).isEqualTo("ana");
    assertThat(accounts.asked).isEqualTo(1);
  }
}
