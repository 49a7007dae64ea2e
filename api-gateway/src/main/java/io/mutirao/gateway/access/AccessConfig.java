package io.mutirao.gateway.access;

import io.smallrye.config.ConfigMapping;

/** Who may ask. */
@ConfigMapping(prefix = "mutirao.admin")
public interface AccessConfig {

  /** The administrator's token. There is no default: without one the gateway does not start. */
  String token();
}
