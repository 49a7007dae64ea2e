package io.mutirao.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

  @Test
  void requestsAreDueOnTheScheduleAlsoWhenNobodyAnswers() {
    Map<Integer, Long> due = new ConcurrentHashMap<>();
    var last = new CountDownLatch(10);
    new OpenLoop(10, Duration.ofMillis(5))
        .run((n, dueMicros) -> {
          due.put(n, dueMicros);
          last.countDown();
          await(last); // nobody is answered before all were sent
        });
    var ordered = new TreeMap<>(due);
    assertThat(ordered).hasSize(10);
    assertThat(ordered.get(9) - ordered.get(0)).isEqualTo(45_000);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
