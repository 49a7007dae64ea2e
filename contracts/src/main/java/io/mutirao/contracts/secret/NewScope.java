package io.mutirao.contracts.secret;

import java.util.Objects;

/**
 * A scope to make: what {@code PUT /secret-scopes/{name}} takes.
 *
 * @param request random: the same request again finds what it made
 * @param manager who may manage it at first
 */
public record NewScope(String request, String createdBy, String manager) {

  public NewScope {
    Objects.requireNonNull(request, "request is missing");
    Objects.requireNonNull(createdBy, "createdBy is missing");
    Objects.requireNonNull(manager, "manager is missing");
  }
}
