package io.mutirao.messaging.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;

/** What every service must know of the installation it belongs to. */
@ConfigMapping(prefix = "mutirao")
public interface MessagingConfig {

  /** Kafka brokers, {@code host:port}, several separated by commas. */
  @WithName("kafka.bootstrap")
  @WithDefault("localhost:9092")
  String kafkaBootstrap();

  /** How many lanes the installation has. Fixed when its topics are made. */
  @WithDefault("16")
  int lanes();

  /** The name of this process, unique in the installation and the same after a restart. */
  @WithDefault("${quarkus.application.name}-${HOSTNAME:1}")
  String instance();

  /**
   * Stands before the name of the service in that of its lanes' consumer group, for brokers whose
   * rules ask for it. The same for all instances: those of one group share the lanes.
   */
  Optional<String> groupPrefix();

  /** How long the lanes wait after a batch, so that the next one has more in it. */
  @WithName("batch-linger")
  @WithDefault("0s")
  Duration batchLinger();
}
