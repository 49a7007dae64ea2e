package io.mutirao.contracts.secret;

import java.util.List;
import java.util.Objects;

/**
 * A scope: secrets that are shared together. Without their values.
 *
 * @param grants by principal
 * @param secrets by key
 */
public record ScopeView(
    String name, String createdBy, List<SecretGrant> grants, List<SecretView> secrets) {

  public ScopeView {
    Objects.requireNonNull(name, "name is missing");
    Objects.requireNonNull(createdBy, "createdBy is missing");
    grants = List.copyOf(grants);
    secrets = List.copyOf(secrets);
  }
}
