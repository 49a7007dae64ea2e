package io.mutirao.gateway.backend;

import io.mutirao.gateway.core.Workers;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Installation;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Workers as the broker knows them: the members of the share group of each pool. */
@Singleton
final class GroupWorkers implements Workers {

  private static final Logger log = Logger.getLogger(GroupWorkers.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Clients clients;
  private final InstantSource clock;
  private final PoolMembers members = new PoolMembers();
  private @Nullable Thread watch;

  GroupWorkers(Clients clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
  }

  @Override
  public List<PoolView> pools() {
    return members.views();
  }

  void start(@Observes StartupEvent event) {
    watch = Thread.ofVirtual().name("workers").start(this::watch);
  }

  void stop(@Observes ShutdownEvent event) {
    if (watch != null) {
      watch.interrupt();
    }
  }

  private void watch() {
    try (Admin admin = clients.admin()) {
      while (true) {
        try {
          members.seen(Installation.workers(admin), clock.instant());
        } catch (ExecutionException e) {
          log.debugf("The broker did not tell its workers: %s", e.getCause());
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      log.debug("stopped watching the workers");
    }
  }
}
