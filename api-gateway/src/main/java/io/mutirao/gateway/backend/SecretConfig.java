package io.mutirao.gateway.backend;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How secrets are sealed. */
@ConfigMapping(prefix = "mutirao.secret")
public interface SecretConfig {

  /**
   * At least 32 random characters, the same for gateway, workers and notifier; without it no
   * secrets are served.
   */
  Optional<String> key();
}
