package io.mutirao.gateway.backend;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many jobs may be made (Jobs API 2.0, introduction). */
@ConfigMapping(prefix = "mutirao.jobs")
public interface CreationConfig {

  /** Within an hour, such as run once included. */
  @WithDefault("10000")
  int hourly();
}
