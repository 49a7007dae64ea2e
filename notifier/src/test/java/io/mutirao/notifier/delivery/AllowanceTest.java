package io.mutirao.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.notifier.channel.Outcome;
import io.mutirao.notifier.channel.Outcome.NotNow;
import io.mutirao.notifier.channel.Outcome.Sent;
import org.junit.jupiter.api.Test;

final class AllowanceTest {

  private final Allowance allowance = new Allowance();

  @Test
  void aRouteBeginsWithAFewPlaces() {
    assertThat(allowance.free()).isEqualTo(Allowance.FIRST);
    allowance.begin();
    assertThat(allowance.free()).isEqualTo(Allowance.FIRST - 1);
  }

  @Test
  void oneThatAnswersGetsMorePlaces() {
    ended(new Sent(), 100);
    assertThat(allowance.free()).isEqualTo(Allowance.MOST);
  }

  @Test
  void oneThatIsSilentKeepsFew() {
    ended(new Sent(), 100);
    ended(new NotNow("no answer", null, true), 10);
    assertThat(allowance.free()).isEqualTo(Allowance.LEAST);
  }

  @Test
  void anAnswerThatIsARefusalIsAnAnswer() {
    ended(new NotNow("status 503", null, false), 100);
    assertThat(allowance.free()).isEqualTo(Allowance.MOST);
  }

  private void ended(Outcome outcome, int times) {
    for (int i = 0; i < times; i++) {
      allowance.begin();
      allowance.end(outcome);
    }
  }
}
