package io.mutirao.gateway.access;

import io.mutirao.gateway.core.Accounts;
import java.time.InstantSource;

/** An authentication for tests. */
public final class Doorkeeper {

  /** Everybody else is unknown. */
  public static Authentication letsIn(String token) {
    return letsIn(token, new FakeAccounts());
  }

  public static Authentication letsIn(String token, Accounts accounts) {
    return new Authentication(
        () -> token, new KnownTokens(accounts, InstantSource.fixed(FakeAccounts.NOW)));
  }

  private Doorkeeper() {}
}
