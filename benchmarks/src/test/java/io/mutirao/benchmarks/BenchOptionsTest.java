package io.mutirao.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {

  @Test
  void withoutOptionsEverythingIsMeasuredAtLength() {
    BenchOptions options = BenchOptions.parse(List.of());
    assertThat(options.plan()).isEqualTo(Plan.full());
    assertThat(options.only()).isEmpty();
    assertThat(options.data()).isAbsolute().endsWithRaw(java.nio.file.Path.of(".mutirao"));
  }

  @Test
  void theOrderOfOptionsDoesNotMatter() {
    var one = List.of("--quick", "--warmup-runs", "7", "--only", "a,b");
    var other = List.of("--only", "a,b", "--warmup-runs", "7", "--quick");
    assertThat(BenchOptions.parse(one)).isEqualTo(BenchOptions.parse(other));
    assertThat(BenchOptions.parse(one).plan().warmUpRuns()).isEqualTo(7);
    assertThat(BenchOptions.parse(one).only()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void runsThatWaitComeBesideRunsThatAreOver() {
    BenchOptions options = BenchOptions.parse(List.of("--rows", "7", "--queued", "3"));
    assertThat(options.rows()).isEqualTo(7);
    assertThat(options.queued()).isEqualTo(3);
  }

  @Test
  void whatIsNotKnownIsRefusedByName() {
    assertThatThrownBy(() -> BenchOptions.parse(List.of("--fast", "1")))
        .hasMessageContaining("--fast");
    assertThatThrownBy(() -> BenchOptions.parse(List.of("--data"))).hasMessageContaining("--data");
  }
}
