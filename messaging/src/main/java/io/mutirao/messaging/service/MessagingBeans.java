package io.mutirao.messaging.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Records;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The installation's lanes, Kafka clients, record format and JSON, ready to inject. */
final class MessagingBeans {

  @Produces
  @Singleton
  Lanes lanes(MessagingConfig config) {
    return new Lanes(config.lanes());
  }

  @Produces
  @Singleton
  Clients clients(MessagingConfig config) {
    return new Clients(config.kafkaBootstrap(), config.instance());
  }

  @Produces
  @Singleton
  Records records(Lanes lanes, @ConfigProperty(name = "quarkus.application.name") String service) {
    return new Records(service, lanes);
  }

  /** The HTTP sides speak the same JSON as the topics. */
  @Produces
  @Singleton
  ObjectMapper json() {
    return Codec.JSON;
  }
}
