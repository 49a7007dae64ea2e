package io.mutirao.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.reply.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CorrelationTest {

  private final Correlation correlation = new Correlation(2);

  @Test
  void aReplyReachesWhoeverWaitsForItAndNobodyElse() {
    var first = correlation.open("1");
    var second = correlation.open("2");
    assertThat(correlation.arrived(reply("2"))).isTrue();
    assertThat(second).isCompletedWithValue(reply("2"));
    assertThat(first).isNotDone();
  }

  @Test
  void aReplyForNobodyOrForTheSecondTimeIsUnmatched() {
    correlation.open("1");
    assertThat(correlation.arrived(reply("0"))).isFalse();
    assertThat(correlation.arrived(reply("1"))).isTrue();
    assertThat(correlation.arrived(reply("1"))).isFalse();
    correlation.close("1");
    assertThat(correlation.arrived(reply("1"))).isFalse();
  }

  @Test
  void thereAreOnlySoManyPlacesAndEachComesBackOnce() {
    correlation.open("1");
    correlation.open("2");
    assertThat(correlation.open("3")).isNull();
    correlation.close("3");
    correlation.close("1");
    correlation.close("1");
    assertThat(correlation.open("4")).isNotNull();
    assertThat(correlation.open("5")).isNull();
    assertThat(correlation.size()).isEqualTo(2);
  }

  @Test
  void manyAtOnceDoNotMixThemselvesUp() throws InterruptedException {
    Correlation wide = new Correlation(10_000);
    List<CompletableFuture<Reply>> places = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      places.add(wide.open(String.valueOf(i)));
    }
    List<Thread> readers = new ArrayList<>();
    for (int r = 0; r < 4; r++) {
      int start = r;
      readers.add(
          Thread.startVirtualThread(() -> {
            for (int i = start; i < 10_000; i += 4) {
              wide.arrived(reply(String.valueOf(i)));
              wide.close(String.valueOf(i));
            }
          }));
    }
    for (Thread reader : readers) {
      reader.join();
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(places.get(i)).isCompletedWithValue(reply(String.valueOf(i)));
    }
    assertThat(wide.size()).isZero();
  }

  private static Reply reply(String command) {
    return Reply.Accepted.ofJob(command, new JobId(1), 1);
  }
}
