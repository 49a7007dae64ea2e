package io.mutirao.gateway.backend;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How commands are sent. */
@ConfigMapping(prefix = "mutirao.command")
public interface CommandsConfig {

  /** How long a caller waits for the answer to a command before we say that we do not know. */
  @WithDefault("30s")
  Duration timeout();

  /** How many commands may wait for their answers; beyond it, callers are asked to come again. */
  @WithDefault("20000")
  int inFlight();

  /** How long a command waits for a broker that is away before it is refused, unproduced. */
  @WithDefault("2s")
  Duration brokerWait();
}
