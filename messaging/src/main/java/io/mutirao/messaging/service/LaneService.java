package io.mutirao.messaging.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Records;
import io.mutirao.messaging.lane.LaneHandler;
import io.mutirao.messaging.lane.LaneRunner;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Runs the lanes of a service that has a {@link LaneHandler}; of any other, nothing. */
@Singleton
public final class LaneService {

  private @Nullable LaneRunner runner;

  void start(
      @Observes StartupEvent event,
      Instance<LaneHandler> handler,
      Instance<DataSource> database,
      Clients clients,
      Records records,
      MeterRegistry metrics,
      MessagingConfig config,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    if (handler.isUnsatisfied()) {
      return;
    }
    runner =
        new LaneRunner(
            new LaneRunner.Setup(
                clients,
                records,
                database.get(),
                metrics,
                config.groupPrefix().orElse("") + service,
                config.batchLinger(),
                () -> Quarkus.asyncExit(1)),
            handler.get());
    runner.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (runner != null) {
      runner.shutDown();
    }
  }

  /** Ready: the partitions are assigned and the lanes read from the database. */
  @Readiness
  @Singleton
  static final class LanesReady implements HealthCheck {

    private final LaneService lanes;

    LanesReady(LaneService lanes) {
      this.lanes = lanes;
    }

    @Override
    public HealthCheckResponse call() {
      LaneRunner runner = lanes.runner;
      return HealthCheckResponse.named("lanes").status(runner == null || runner.ready()).build();
    }
  }

  /** Live: the thread that runs the lanes goes on. */
  @Liveness
  @Singleton
  static final class LanesAlive implements HealthCheck {

    private final LaneService lanes;

    LanesAlive(LaneService lanes) {
      this.lanes = lanes;
    }

    @Override
    public HealthCheckResponse call() {
      LaneRunner runner = lanes.runner;
      return HealthCheckResponse.named("lanes").status(runner == null || runner.alive()).build();
    }
  }
}
