package io.mutirao.gateway.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much may be sent as a file: as it is, or in a form. */
@ConfigMapping(prefix = "mutirao.import")
public interface ImportConfig {

  /** The largest request with a file in it; other requests end at 10 MB. */
  @WithDefault("500M")
  MemorySize limit();
}
