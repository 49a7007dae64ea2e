package io.mutirao.gateway.databricks.secrets;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.mutirao.contracts.secret.ScopeView;
import io.mutirao.contracts.secret.SecretGrant;
import io.mutirao.contracts.secret.SecretView;
import java.util.List;

/** What the Secrets API shows. */
final class SecretWire {

  /** ListScopesResponse. */
  record Scopes(List<Scope> scopes) {}

  /** SecretScope; all are kept here. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Scope(String name, String backendType) {
    static Scope of(ScopeView scope) {
      return new Scope(scope.name(), "DATABRICKS");
    }
  }

  /** ListSecretsResponse. */
  record Secrets(List<Secret> secrets) {}

  /** SecretMetadata. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Secret(String key, long lastUpdatedTimestamp) {
    static Secret of(SecretView secret) {
      return new Secret(secret.key(), secret.updatedAt().toEpochMilli());
    }
  }

  /**
   * GetSecretResponse.
   *
   * @param value in base64
   */
  record Value(String key, String value) {}

  /** ListAclsResponse. */
  record Acls(List<Acl> items) {}

  /** AclItem. */
  record Acl(String principal, String permission) {
    static Acl of(SecretGrant grant) {
      return new Acl(grant.principal(), grant.level().name());
    }
  }

  private SecretWire() {}
}
