package io.mutirao.contracts.secret;

import java.util.Objects;

/**
 * A secret's value, which only a holder of the installation's key can open. Sending the same twice
 * is as good as once.
 *
 * @param sealed by {@link Seal}
 */
public record SealedSecret(String scope, String key, String sealed) {

  public SealedSecret {
    Objects.requireNonNull(scope, "scope is missing");
    Objects.requireNonNull(key, "key is missing");
    Objects.requireNonNull(sealed, "sealed is missing");
  }
}
