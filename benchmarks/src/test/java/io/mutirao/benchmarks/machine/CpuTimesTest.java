package io.mutirao.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuTimesTest {

  private final CpuTimes before = new CpuTimes(0, Map.of("kafka", 1.0, "bench", 1.0), 10);
  private final CpuTimes after =
      new CpuTimes(2_000_000_000L, Map.of("kafka", 2.0, "bench", 1.5), 12.5);

  @Test
  void usageIsTheDifferenceOfTwoMoments() {
    var used = after.since(before);
    assertThat(used.percent("kafka")).isEqualTo(50, within(0.01));
    assertThat(used.percent("bench")).isEqualTo(25, within(0.01));
    assertThat(used.percentOfOthers()).isEqualTo(50, within(0.01));
    assertThat(used.stackSeconds()).isEqualTo(1, within(0.01));
  }

  @Test
  void aProcessThatWasStartedAgainNeverCountsNegative() {
    var restarted = new CpuTimes(3_000_000_000L, Map.of("kafka", 0.2, "bench", 2.0), 14);
    assertThat(restarted.since(after).percent("kafka")).isZero();
  }
}
