package io.mutirao.gateway.backend;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Workers as the broker knows them: the members of the share group of each pool. The broker is
 * asked whenever somebody asks us, and now and then between, so that who came and went is noted.
 */
@Singleton
final class GroupWorkers implements Workers {

  private static final Logger log = Logger.getLogger(GroupWorkers.class);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** While a pool has no worker: who waits for one is told so, and should not be for long. */
  private static final Duration SHORT_PAUSE = Duration.ofSeconds(2);

  private final Clients clients;
  private final InstantSource clock;
  private final MeterRegistry metrics;
  private final PoolMembers members = new PoolMembers();
  private final Set<String> counted = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable CompletableFuture<Void>> looking =
      new AtomicReference<>();
  private @Nullable Admin admin;
  private @Nullable Thread watch;
  private boolean stopped;

  GroupWorkers(Clients clients, InstantSource clock, MeterRegistry metrics) {
    this.clients = clients;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public boolean anyPoolIsEmpty() {
    return members.anyIsEmpty();
  }

  @Override
  public Optional<String> emptyPool(String named) {
    return members.emptyPool(named);
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

  synchronized void start(@Observes StartupEvent event) {
    watch = Thread.ofVirtual().name("workers").start(this::watch);
  }

  /** Waits for nobody: who looks at this moment sees nothing more. */
  synchronized void stop(@Observes ShutdownEvent event) {
    stopped = true;
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
        look();
        Thread.sleep(members.anyIsEmpty() ? SHORT_PAUSE : PAUSE);
      }
    } catch (InterruptedException e) {
      log.debug("stopped watching the workers");
    }
  }

  /** Whoever comes while another looks sees what that one sees: a broker that is away is slow. */
  private void look() throws InterruptedException {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> others = looking.compareAndExchange(null, mine);
    if (others != null) {
      await(others);
      return;
    }
    try {
      Admin broker = broker();
      if (broker != null) {
        seen(Installation.workers(broker));
      }
    } catch (ExecutionException | KafkaException | IllegalStateException e) {
      log.debugf("The broker did not tell its workers: %s", e);
    } finally {
      looking.set(null);
      mine.complete(null);
    }
  }

  private void seen(Map<String, Set<String>> workers) {
    members.seen(workers, clock.instant());
    for (String pool : workers.keySet()) {
      if (counted.add(pool)) {
        metrics.gauge(
            "mutirao_pool_workers", Tags.of("pool", pool), members, all -> all.workers(pool));
      }
    }
  }

  private static void await(CompletableFuture<Void> others) throws InterruptedException {
    try {
      others.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // It never ends so.
    }
  }

  private synchronized @Nullable Admin broker() {
    if (admin == null && !stopped) {
      admin = clients.admin();
    }
    return stopped ? null : admin;
  }
}
