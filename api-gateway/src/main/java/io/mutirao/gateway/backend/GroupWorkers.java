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

/**
 * Workers as the broker knows them: the members of the share group of each pool. The broker is
 * asked whenever somebody asks us, and now and then between, so that who came and went is noted.
 */
@Singleton
final class GroupWorkers implements Workers {

  private static final Logger log = Logger.getLogger(GroupWorkers.class);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Clients clients;
  private final InstantSource clock;
  private final PoolMembers members = new PoolMembers();
  private @Nullable Admin admin;
  private @Nullable Thread watch;

  GroupWorkers(Clients clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
  }

  @Override
  public List<PoolView> pools() {
    try {
      look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return members.views();
  }

  void start(@Observes StartupEvent event) {
    watch = Thread.ofVirtual().name("workers").start(this::watch);
  }

  synchronized void stop(@Observes ShutdownEvent event) {
    if (watch != null) {
      watch.interrupt();
    }
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        look();
      }
    } catch (InterruptedException e) {
      log.debug("stopped watching the workers");
    }
  }

  private synchronized void look() throws InterruptedException {
    if (admin == null) {
      admin = clients.admin();
    }
    try {
      members.seen(Installation.workers(admin), clock.instant());
    } catch (ExecutionException e) {
      log.debugf("The broker did not tell its workers: %s", e.getCause());
    }
  }
}
