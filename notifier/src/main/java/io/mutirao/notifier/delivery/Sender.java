package io.mutirao.notifier.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.mutirao.messaging.kafka.Clients;
import io.mutirao.notifier.channel.Channels;
import io.mutirao.notifier.channel.Outcome;
import io.mutirao.notifier.channel.Outcome.NotNow;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Sends what is due. One thread takes deliveries from the database and marks what came of them;
 * each try has a virtual thread of its own. What is on the way along one route is bounded by its
 * {@link Allowance}, so that a target that is slow or dead holds up nobody else.
 *
 * <p>A try is counted in the database before it begins and marked after it: whoever dies in between
 * leaves a claim, and the delivery goes out once more with the same id.
 */
@Singleton
public final class Sender {

  private static final Logger log = Logger.getLogger(Sender.class);
  private static final int MOST_OPEN = 1_024;
  private static final int MOST_AT_ONCE = 256;
  private static final int MOST_REMEMBERED = 1_000;
  private static final Duration SWEEP = Duration.ofSeconds(2);
  private static final Duration CLEANING = Duration.ofMinutes(5);
  private static final int CLEANED_AT_ONCE = 5_000;
  private static final long AFTER_FAILURE_MILLIS = 500;

  private final DataSource database;
  private final Channels channels;
  private final Doorbell doorbell;
  private final DeliveryMetrics metrics;
  private final DeliveryConfig config;
  private final String instance;
  private final Thread thread;
  private final Map<String, Allowance> routes = new HashMap<>();
  private final Queue<Tried> done = new ConcurrentLinkedQueue<>();
  private final List<Tried> unmarked = new ArrayList<>();
  private int open;
  private long cleaned = System.nanoTime();
  private volatile boolean stopping;

  Sender(
      DataSource database,
      Channels channels,
      Doorbell doorbell,
      MeterRegistry metrics,
      DeliveryConfig config,
      Clients clients) {
    this.database = database;
    this.channels = channels;
    this.doorbell = doorbell;
    this.metrics = new DeliveryMetrics(metrics);
    this.config = config;
    this.instance = clients.instance();
    this.thread = Thread.ofPlatform().name("sender").unstarted(this::run);
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    doorbell.ring();
    thread.join(Duration.ofSeconds(5));
    thread.interrupt();
  }

  private void run() {
    boolean released = false;
    while (!stopping) {
      try {
        try (Connection db = database.getConnection()) {
          if (!released) {
            int left = DeliveryStore.release(db, instance);
            log.infof("%d deliveries had been begun before the start and begin again", left);
            released = true;
          }
          step(db);
        }
        doorbell.await(open < MOST_OPEN ? SWEEP : Duration.ofMillis(5));
      } catch (SQLException e) {
        log.warnf("Deliveries wait for the database: %s", e.getMessage());
        pause();
      } catch (InterruptedException e) {
        log.debug("interrupted while stopping");
        return;
      } catch (RuntimeException e) {
        log.error("Deliveries stumbled over a bug of ours; they go on", e);
        pause();
      }
    }
    finish();
  }

  private void step(Connection db) throws SQLException {
    boolean more = true;
    while (more && !stopping) {
      mark(db);
      int room = Math.min(MOST_OPEN - open, MOST_AT_ONCE);
      List<Claimed> due =
          room == 0 ? List.of() : DeliveryStore.claim(db, instance, freeOfBusyRoutes(), room);
      due.forEach(this::begin);
      metrics.open(open);
      more = !due.isEmpty();
    }
    if (System.nanoTime() - cleaned > CLEANING.toNanos()) {
      cleaned = System.nanoTime();
      DeliveryStore.clean(db, config.kept(), CLEANED_AT_ONCE);
    }
  }

  private Map<String, Integer> freeOfBusyRoutes() {
    if (routes.size() > MOST_REMEMBERED) {
      routes.values().removeIf(Allowance::isIdle);
    }
    Map<String, Integer> free = new HashMap<>();
    routes.forEach((route, allowance) -> free.put(route, allowance.free()));
    return free;
  }

  private void begin(Claimed claimed) {
    open++;
    routes.computeIfAbsent(claimed.route(), _ -> new Allowance()).begin();
    Thread.startVirtualThread(() -> {
      Outcome outcome = tried(claimed);
      double chance = ThreadLocalRandom.current().nextDouble();
      Verdict verdict = Retry.after(outcome, claimed.tries(), claimed.age(), chance);
      done.add(new Tried(claimed, outcome, verdict));
      doorbell.ring();
    });
  }

  private Outcome tried(Claimed claimed) {
    try {
      return channels.send(claimed.parcel());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new NotNow("the notifier stops", null, false);
    } catch (RuntimeException e) {
      log.errorf(e, "A try failed through a bug of ours. delivery=%s", claimed.parcel().id());
      return new NotNow("a bug of ours: " + e, null, false);
    }
  }

  /** What could not be marked is kept, and marked when the database is back. */
  private void mark(Connection db) throws SQLException {
    for (Tried tried = done.poll(); tried != null; tried = done.poll()) {
      open--;
      Allowance allowance = routes.get(tried.claimed().route());
      if (allowance != null) {
        allowance.end(tried.outcome());
      }
      metrics.tried(tried);
      unmarked.add(tried);
    }
    if (!unmarked.isEmpty()) {
      DeliveryStore.mark(db, unmarked);
      unmarked.clear();
    }
  }

  /** Waits a little for what is on its way: what is not marked goes out again after the start. */
  private void finish() {
    long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    try (Connection db = database.getConnection()) {
      mark(db);
      while (open > 0 && System.nanoTime() - end < 0) {
        doorbell.await(Duration.ofMillis(100));
        mark(db);
      }
    } catch (SQLException | InterruptedException e) {
      log.warnf("%d deliveries were on their way at the stop; they begin again: %s", open, e);
    }
  }

  private void pause() {
    try {
      Thread.sleep(AFTER_FAILURE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }
}
