package io.mutirao.notifier.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How deliveries are kept. */
@ConfigMapping(prefix = "mutirao.deliveries")
public interface DeliveryConfig {

  /** How long a delivery that was sent or given up can be seen, and sent again. */
  @WithDefault("7d")
  Duration kept();
}
