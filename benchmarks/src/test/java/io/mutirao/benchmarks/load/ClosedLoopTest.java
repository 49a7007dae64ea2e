package io.mutirao.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  @Test
  void callsAsOftenAsItIsToldAndKeepsEveryId() throws Exception {
    Accepted accepted =
        new ClosedLoop(4, Duration.ofMinutes(1), 1_000).run(_ -> caller(Integer.MAX_VALUE));
    assertThat(accepted.ids())
        .containsExactlyInAnyOrder(LongStream.rangeClosed(1, 1_000).toArray());
    assertThat(accepted.answers().getTotalCount()).isEqualTo(1_000);
    assertThat(accepted.errors()).isZero();
    assertThat(closed).hasValue(4);
  }

  @Test
  void aFailedCallIsAnErrorAndNotARun() throws Exception {
    Accepted accepted = new ClosedLoop(2, Duration.ofMinutes(1), 6).run(_ -> caller(5));
    assertThat(accepted.count()).isEqualTo(5);
    assertThat(accepted.errors()).isEqualTo(1);
    assertThat(accepted.firstError()).contains("enough");
  }

  private Caller caller(int most) {
    return new Caller() {
      @Override
      public long call() throws IOException {
        int n = calls.incrementAndGet();
        if (n > most) {
          throw new IOException("enough");
        }
        return n;
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }
}
