package io.mutirao.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.messaging.kafka.Installation;
import io.mutirao.worker.guard.Interpreter;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The process around a worker: starts it, as soon as the broker answers, and stops it. */
@ApplicationScoped
class WorkerService {

  private static final Logger LOG = Logger.getLogger(WorkerService.class);
  private static final int PAUSE_MILLIS = 500;

  private final WorkerConfig config;
  private final MeterRegistry metrics;
  private volatile @Nullable Worker worker;
  private volatile @Nullable Thread starter;

  WorkerService(WorkerConfig config, MeterRegistry metrics) {
    this.config = config;
    this.metrics = metrics;
  }

  void start(@Observes StartupEvent event) {
    // Not on this thread: without a broker, health must answer all the same.
    starter = Thread.ofPlatform().daemon().name("start").start(this::start);
  }

  private void start() {
    var around = new Worker.Surroundings(Clock.systemUTC(), metrics, () -> Quarkus.asyncExit(1));
    try {
      while (worker == null) {
        try {
          worker = new Worker(config, around);
        } catch (ExecutionException e) {
          LOG.warnf("The broker does not answer as it should; trying again: %s", e.getMessage());
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Interrupted to stop", e);
    } catch (Interpreter.Missing | Installation.Mismatch e) {
      LOG.error(e.getMessage());
      Quarkus.asyncExit(1);
    } catch (IOException | RuntimeException e) {
      LOG.error("The worker cannot start", e);
      Quarkus.asyncExit(1);
    }
  }

  boolean isReady() {
    Worker running = worker;
    return running != null && running.isReady();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    Thread starting = starter;
    if (starting != null) {
      starting.interrupt();
      starting.join(1_000);
    }
    Worker running = worker;
    if (running != null) {
      running.stop();
    }
  }
}
