package io.mutirao.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.secret.NewScope;
import io.mutirao.contracts.secret.ScopeView;
import io.mutirao.contracts.secret.Seal;
import io.mutirao.contracts.secret.SealedSecret;
import io.mutirao.contracts.secret.SecretGrant;
import io.mutirao.gateway.core.Caller;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Secrets;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Secrets, sealed before they leave the gateway; the registry keeps them. */
@Singleton
final class RegistrySecrets implements Secrets {

  private static final Logger log = Logger.getLogger(RegistrySecrets.class);
  private static final String SCOPES = "/secret-scopes";

  private record Scopes(List<ScopeView> scopes) {}

  private final Owners owners;
  private final Optional<Seal> seal;

  RegistrySecrets(Owners owners, SecretConfig config) {
    this.owners = owners;
    this.seal = config.key().map(Seal::with);
  }

  @Override
  public List<ScopeView> scopes() throws Rejected {
    return owners.registry().get(SCOPES, Scopes.class).map(Scopes::scopes).orElse(List.of());
  }

  @Override
  public Optional<ScopeView> scope(String name) throws Rejected {
    return owners.registry().get(path(name), ScopeView.class);
  }

  @Override
  public void make(String name, String manager, Caller caller) throws Rejected {
    seal();
    NewScope order = new NewScope(UUID.randomUUID().toString(), caller.user(), manager);
    owners.registry().put(path(name), order, ScopeView.class);
  }

  @Override
  public void delete(String scope) throws Rejected {
    owners.registry().delete(path(scope));
  }

  @Override
  public void put(String scope, String key, byte[] value) throws Rejected {
    String sealed = seal().seal(Seal.nameOf(scope, key), value);
    var _ =
        owners
            .registry()
            .put(path(scope, key), new SealedSecret(scope, key, sealed), SealedSecret.class)
            .orElseThrow(() -> missing(scope));
  }

  @Override
  public Optional<byte[]> value(String scope, String key) throws Rejected {
    Optional<SealedSecret> found = owners.registry().get(path(scope, key), SealedSecret.class);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(seal().open(Seal.nameOf(scope, key), found.get().sealed()));
    } catch (Seal.Broken e) {
      log.errorf("A secret cannot be read: %s", e.getMessage());
      throw new Rejected(
          new Problem.NotCarriedOut(
              "The secret %s of scope %s was sealed with another MUTIRAO_SECRET_KEY; put it again."
                  .formatted(key, scope)));
    }
  }

  @Override
  public void delete(String scope, String key) throws Rejected {
    owners.registry().delete(path(scope, key));
  }

  @Override
  public void grant(String scope, SecretGrant grant) throws Rejected {
    var _ =
        owners
            .registry()
            .put(grantPath(scope, grant.principal()), grant, SecretGrant.class)
            .orElseThrow(() -> missing(scope));
  }

  @Override
  public void withdraw(String scope, String principal) throws Rejected {
    owners.registry().delete(grantPath(scope, principal));
  }

  private Seal seal() throws Rejected {
    return seal.orElseThrow(() ->
        new Rejected(
            new Problem.NotCarriedOut(
                "Secrets are not served: this installation has no MUTIRAO_SECRET_KEY.")));
  }

  private static Rejected missing(String scope) {
    return new Rejected(new Problem.Missing("Scope " + scope + " does not exist!"));
  }

  private static String path(String scope) {
    return SCOPES + "/" + encoded(scope);
  }

  private static String path(String scope, String key) {
    return path(scope) + "/secrets/" + encoded(key);
  }

  private static String grantPath(String scope, String principal) {
    return path(scope) + "/grants/" + encoded(principal);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }
}
