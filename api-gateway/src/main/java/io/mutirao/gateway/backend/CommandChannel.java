package io.mutirao.gateway.backend;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.contracts.id.Lanes;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Records;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Commands out, replies in: put together, started, stopped and watched. */
@Singleton
final class CommandChannel {

  private final Commands commands;
  private final KafkaBroker broker;
  private final ReplyReader replies;

  CommandChannel(
      Clients clients, Lanes lanes, Records records, CommandsConfig config, MeterRegistry metrics) {
    Correlation correlation = new Correlation(config.inFlight());
    broker =
        new KafkaBroker(
            clients.bestEffortProducer("commands", (int) config.timeout().toMillis()),
            config.brokerWait());
    replies =
        new ReplyReader(
            clients,
            lanes,
            new ReplyReader.Waiting(correlation, metrics.counter("mutirao_replies_unmatched")),
            broker,
            () -> Quarkus.asyncExit(1));
    commands =
        new Commands(
            broker,
            correlation,
            new Commands.Setup(
                records, clock(), ReplyReader.address(clients, lanes), config.timeout(), metrics));
  }

  @Produces
  @Singleton
  Commands commands() {
    return commands;
  }

  /** The gateway's only clock. */
  @Produces
  @Singleton
  static InstantSource clock() {
    return InstantSource.system();
  }

  void start(@Observes StartupEvent event) {
    replies.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    replies.shutDown();
    broker.close();
  }

  /** Ready: topics are there, the position in the replies is fixed. */
  @Readiness
  @Singleton
  static final class RepliesReady implements HealthCheck {

    private final CommandChannel channel;

    RepliesReady(CommandChannel channel) {
      this.channel = channel;
    }

    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("replies").status(channel.replies.ready()).build();
    }
  }

  /** Live: the thread that reads the replies goes on. */
  @Liveness
  @Singleton
  static final class RepliesAlive implements HealthCheck {

    private final CommandChannel channel;

    RepliesAlive(CommandChannel channel) {
      this.channel = channel;
    }

    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("replies").status(channel.replies.alive()).build();
    }
  }
}
