package io.mutirao.registry.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the registry remembers what is over. */
@ConfigMapping(prefix = "mutirao.answers")
public interface RegistryConfig {

  /** How long the answer to a command id, and the last version of a deleted job, are kept. */
  @WithDefault("7d")
  Duration kept();

  /** How long a lane rests after it found nothing more to clean away. */
  @WithDefault("1h")
  Duration cleaningPause();
}
