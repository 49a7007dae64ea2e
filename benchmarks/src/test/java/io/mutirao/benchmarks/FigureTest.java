package io.mutirao.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTest {

  @Test
  void aLineHoldsNameValueUnitAndConditions() {
    assertThat(new Figure("runs_per_s_64", 812.34, "1/s", "64 callers").line())
        .isEqualTo("BENCH figure=runs_per_s_64 value=812.3 unit=1/s cond=\"64 callers\"");
  }

  @Test
  void conditionsNeverBreakTheLineOrTheQuotes() {
    assertThat(new Figure("a", 1, "s", "said \"no\"\nand left").line())
        .isEqualTo("BENCH figure=a value=1.00 unit=s cond=\"said 'no' and left\"");
  }

  @Test
  void valuesAreReadableAndNeverInExponents() {
    assertThat(Figure.digits(12_345_678)).isEqualTo("12345678");
    assertThat(Figure.digits(123.45)).isEqualTo("123.5");
    assertThat(Figure.digits(7.125)).isEqualTo("7.13");
    assertThat(Figure.digits(0.0001)).isEqualTo("0.000");
    assertThat(Figure.digits(0)).isEqualTo("0.000");
  }
}
