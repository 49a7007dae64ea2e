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
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The worker pools that exist: those whose topic does. A worker makes its pool's topic when it
 * starts; the default pool is made here, before the first offer. The broker is asked now and then,
 * and at once when a task names a pool that was not there when it was asked last.
 */
@Singleton
final class Pools {

  private static final Logger log = Logger.getLogger(Pools.class);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** For so long after a question none is asked: names of clusters are no pools. */
  private static final long BETWEEN_QUESTIONS = Duration.ofSeconds(1).toNanos();

  /** All lanes wait with the task that names the pool. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Clients clients;
  private final Lanes lanes;
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile Set<String> known = Set.of(JobDefinition.DEFAULT_POOL);
  private @Nullable Thread watch;
  private long askedAt = System.nanoTime() - BETWEEN_QUESTIONS;
  private long asked;
  private long answered;

  Pools(Clients clients, Lanes lanes) {
    this.clients = clients;
    this.lanes = lanes;
  }

  /**
   * Where a task goes: to the pool that it or its job names if there is one, else to the default.
   */
  String of(JobDefinition job, Task task) {
    String named = task.pool() == null ? job.pool() : task.pool();
    return known.contains(named) || isNew(named) ? named : JobDefinition.DEFAULT_POOL;
  }

  private synchronized boolean isNew(String pool) {
    if (System.nanoTime() - askedAt >= BETWEEN_QUESTIONS) {
      long mine = ++asked;
      notifyAll();
      try {
        await(() -> answered >= mine, PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      askedAt = System.nanoTime(); // also when there was no answer: not every task is to wait
    }
    return known.contains(pool);
  }

  /** Whether it came to be so in time. */
  private synchronized boolean await(BooleanSupplier condition, Duration most)
      throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
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
          look(installation);
        } catch (ExecutionException e) {
          log.debugf("The broker did not tell its pools: %s", e.getCause());
          Thread.sleep(200);
        }
      }
    } catch (InterruptedException e) {
      log.debug("stopped watching the pools");
    }
  }

  private void look(Installation installation) throws InterruptedException, ExecutionException {
    long upTo = asked();
    Set<String> found = installation.pools();
    synchronized (this) {
      known = found;
      answered = upTo;
      notifyAll();
      await(() -> asked > answered, PAUSE);
    }
  }

  private synchronized long asked() {
    return asked;
  }
}
