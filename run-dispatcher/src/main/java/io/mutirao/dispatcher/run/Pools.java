package io.mutirao.dispatcher.run;

import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.Task;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.messaging.kafka.Installation;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The worker pools that exist: those whose topic does. A worker makes its pool's topic when it
 * starts; the default pool is made here, before the first offer.
 */
@Singleton
final class Pools {

  private static final Logger log = Logger.getLogger(Pools.class);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Clients clients;
  private final Lanes lanes;
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile Set<String> known = Set.of(JobDefinition.DEFAULT_POOL);
  private @Nullable Thread watch;

  Pools(Clients clients, Lanes lanes) {
    this.clients = clients;
    this.lanes = lanes;
  }

  /**
   * Where a task goes: to the pool that it or its job names if there is one, else to the default.
   */
  String of(JobDefinition job, Task task) {
    String named = task.pool() == null ? job.pool() : task.pool();
    return known.contains(named) ? named : JobDefinition.DEFAULT_POOL;
  }

  /** Waits until the default pool can take offers. */
  void awaitDefault() throws InterruptedException {
    opened.await();
  }

  void start(@Observes StartupEvent event) {
    watch = Thread.ofVirtual().name("pools").start(this::watch);
  }

  void stop(@Observes ShutdownEvent event) {
    if (watch != null) {
      watch.interrupt();
    }
  }

  private void watch() {
    try (Admin admin = clients.admin()) {
      Installation installation = new Installation(admin, lanes);
      while (true) {
        try {
          if (opened.getCount() > 0) {
            installation.openPool(JobDefinition.DEFAULT_POOL);
            opened.countDown();
          }
          known = installation.pools();
          Thread.sleep(PAUSE);
        } catch (ExecutionException e) {
          log.debugf("The broker did not tell its pools: %s", e.getCause());
          Thread.sleep(200);
        }
      }
    } catch (InterruptedException e) {
      log.debug("stopped watching the pools");
    }
  }
}
