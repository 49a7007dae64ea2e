package io.mutirao.gateway.databricks.secrets;

import static io.mutirao.gateway.http.Dialect.Endpoint.get;
import static io.mutirao.gateway.http.Dialect.Endpoint.post;

import io.mutirao.contracts.secret.ScopeView;
import io.mutirao.contracts.secret.SecretGrant;
import io.mutirao.contracts.secret.SecretGrant.Level;
import io.mutirao.gateway.access.SecretGuard;
import io.mutirao.gateway.core.Accounts;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Secrets;
import io.mutirao.gateway.databricks.DatabricksErrors;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/2.0/secrets}: scopes, secrets, and who may use them. */
@Singleton
final class SecretsResource implements Dialect {

  private static final String ROOT = "/api/2.0/secrets";
  private static final int MAX_SCOPES = 1_000;
  private static final int MAX_SECRETS = 1_000;
  private static final String LIMIT = "RESOURCE_LIMIT_EXCEEDED";

  private final Secrets secrets;
  private final Accounts accounts;

  SecretsResource(Secrets secrets, Accounts accounts) {
    this.secrets = secrets;
    this.accounts = accounts;
  }

  @Override
  public String root() {
    return ROOT;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        post(ROOT + "/scopes/create", this::createScope),
        post(ROOT + "/scopes/delete", this::deleteScope),
        get(ROOT + "/scopes/list", _ -> listScopes()),
        post(ROOT + "/put", this::put),
        get(ROOT + "/get", this::show),
        get(ROOT + "/list", this::list),
        post(ROOT + "/delete", this::delete),
        post(ROOT + "/acls/put", this::putAcl),
        get(ROOT + "/acls/get", this::getAcl),
        get(ROOT + "/acls/list", this::listAcls),
        post(ROOT + "/acls/delete", this::deleteAcl));
  }

  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private Answer createScope(Call call) throws Rejected {
    String name = SecretMapping.scope(call.in());
    SecretMapping.requireOurs(call.in());
    String manager = SecretMapping.manager(call.in(), call.caller().user());
    if (secrets.scopes().size() >= MAX_SCOPES) {
      return DatabricksErrors.error(400, LIMIT, "There are " + MAX_SCOPES + " scopes already.");
    }
    secrets.make(name, manager, call.caller());
    return Answer.ok(Map.of());
  }

  private Answer deleteScope(Call call) throws Rejected {
    ScopeView scope = scope(call, Level.MANAGE);
    secrets.delete(scope.name());
    return Answer.ok(Map.of());
  }

  private Answer listScopes() throws Rejected {
    return Answer.ok(
        new SecretWire.Scopes(secrets.scopes().stream().map(SecretWire.Scope::of).toList()));
  }

  private Answer put(Call call) throws Rejected {
    String key = SecretMapping.key(call.in());
    byte[] value = SecretMapping.value(call.in());
    ScopeView scope = scope(call, Level.WRITE);
    if (!has(scope, key) && scope.secrets().size() >= MAX_SECRETS) {
      return DatabricksErrors.error(
          400, LIMIT, "Scope %s has %d secrets already.".formatted(scope.name(), MAX_SECRETS));
    }
    secrets.put(scope.name(), key, value);
    return Answer.ok(Map.of());
  }

  private Answer show(Call call) throws Rejected {
    String key = SecretMapping.key(call.in());
    ScopeView scope = scope(call, Level.READ);
    byte[] value = secrets.value(scope.name(), key).orElseThrow(() -> noSecret(scope, key));
    return Answer.ok(new SecretWire.Value(key, Base64.getEncoder().encodeToString(value)));
  }

  private Answer list(Call call) throws Rejected {
    ScopeView scope = scope(call, Level.READ);
    return Answer.ok(
        new SecretWire.Secrets(scope.secrets().stream().map(SecretWire.Secret::of).toList()));
  }

  private Answer delete(Call call) throws Rejected {
    String key = SecretMapping.key(call.in());
    ScopeView scope = scope(call, Level.WRITE);
    if (!has(scope, key)) {
      throw noSecret(scope, key);
    }
    secrets.delete(scope.name(), key);
    return Answer.ok(Map.of());
  }

  private Answer putAcl(Call call) throws Rejected {
    String principal = call.in().text("principal");
    Level level = SecretMapping.level(call.in());
    ScopeView scope = scope(call, Level.MANAGE);
    boolean known =
        accounts.userNamed(principal).isPresent()
            || accounts.groups().stream().anyMatch(g -> g.name().equalsIgnoreCase(principal));
    if (!known) {
      throw Rejected.field("principal", "there is no user and no group " + principal);
    }
    secrets.grant(scope.name(), new SecretGrant(principal, level));
    return Answer.ok(Map.of());
  }

  private Answer getAcl(Call call) throws Rejected {
    String principal = call.in().text("principal");
    ScopeView scope = scope(call, Level.MANAGE);
    return Answer.ok(SecretWire.Acl.of(acl(scope, principal)));
  }

  private Answer listAcls(Call call) throws Rejected {
    ScopeView scope = scope(call, Level.MANAGE);
    return Answer.ok(new SecretWire.Acls(scope.grants().stream().map(SecretWire.Acl::of).toList()));
  }

  private Answer deleteAcl(Call call) throws Rejected {
    String principal = call.in().text("principal");
    ScopeView scope = scope(call, Level.MANAGE);
    secrets.withdraw(scope.name(), acl(scope, principal).principal());
    return Answer.ok(Map.of());
  }

  private ScopeView scope(Call call, Level wanted) throws Rejected {
    String name = SecretMapping.scope(call.in());
    Optional<ScopeView> scope = secrets.scope(name);
    if (scope.isEmpty()) {
      throw new Rejected(new Problem.Missing("Scope " + name + " does not exist!"));
    }
    SecretGuard.require(call.caller().who(), scope.get(), wanted);
    return scope.get();
  }

  private static boolean has(ScopeView scope, String key) {
    return scope.secrets().stream().anyMatch(secret -> secret.key().equalsIgnoreCase(key));
  }

  private static SecretGrant acl(ScopeView scope, String principal) throws Rejected {
    return scope.grants().stream()
        .filter(grant -> grant.principal().equalsIgnoreCase(principal))
        .findFirst()
        .orElseThrow(() ->
            new Rejected(
                new Problem.Missing(
                    "Failed to get secret acl for principal %s for scope %s."
                        .formatted(principal, scope.name()))));
  }

  private static Rejected noSecret(ScopeView scope, String key) {
    return new Rejected(
        new Problem.Missing(
            "Secret does not exist with scope: %s and key: %s".formatted(scope.name(), key)));
  }
}
