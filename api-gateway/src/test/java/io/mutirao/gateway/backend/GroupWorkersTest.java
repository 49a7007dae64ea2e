package io.mutirao.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mutirao.messaging.kafka.Clients;
import io.quarkus.runtime.ShutdownEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a broker that takes connections and says nothing: a look at it takes two seconds. */
@Timeout(60)
class GroupWorkersTest {

  private static final Duration LESS_THAN_A_LOOK = Duration.ofMillis(1_500);

  private ServerSocket silent;
  private GroupWorkers workers;

  @BeforeEach
  void open() throws IOException {
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    workers =
        new GroupWorkers(
            new Clients("127.0.0.1:" + silent.getLocalPort(), "test"),
            InstantSource.system(),
            new SimpleMeterRegistry());
  }

  @AfterEach
  void close() throws IOException {
    silent.close();
  }

  @Test
  void whoStopsWaitsForNoLook() throws Exception {
    Thread caller = looking();
    long begin = System.nanoTime();
    workers.stop(new ShutdownEvent());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LESS_THAN_A_LOOK);
    caller.join();
    assertThat(workers.pools()).isEmpty();
  }

  @Test
  void manyWhoAskAtATimeWaitForOneLookAndNotForEachOthers() throws Exception {
    long begin = System.nanoTime();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      callers.add(looking());
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    workers.stop(new ShutdownEvent());
  }

  private Thread looking() {
    Thread caller = Thread.ofPlatform().start(workers::pools);
    while (caller.isAlive() && caller.getState() != Thread.State.WAITING) {
      LockSupport.parkNanos(1_000_000);
    }
    return caller;
  }
}
