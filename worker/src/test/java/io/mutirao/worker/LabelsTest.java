package io.mutirao.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {

  @Test
  void aMetricHasThemBesideThePool() {
    assertThat(Labels.of(List.of("zone=a", " gpu=t4=2")).tags("big"))
        .containsExactly(Tag.of("pool", "big"), Tag.of("gpu", "t4=2"), Tag.of("zone", "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zone", "=a", "a b=c", "pool=x", "0=1"})
  void aWordThatIsNoLabelIsNamed(String word) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Labels.of(List.of(word)))
        .withMessageStartingWith("MUTIRAO_WORKER_LABELS: ");
  }
}
