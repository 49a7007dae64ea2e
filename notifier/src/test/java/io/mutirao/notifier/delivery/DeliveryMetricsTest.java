package io.mutirao.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mutirao.notifier.channel.Examples;
import io.mutirao.notifier.channel.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeliveryMetricsTest {

  private static final Logger LOG = Logger.getLogger(Sender.class.getName());

  private final List<String> lines = new ArrayList<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(listener);
  }

  @AfterEach
  void stopListening() {
    LOG.removeHandler(listener);
  }

  @ParameterizedTest
  @CsvSource({
    "sent,   Delivery sent.",
    "again,  Delivery failed for now; it is tried again in 500 ms.",
    "failed, Delivery given up; it can be sent again by hand."
  })
  void eachOutcomeIsCountedAndSaidInOneLine(String outcome, String words) {
    var registry = new SimpleMeterRegistry();
    Verdict verdict =
        switch (outcome) {
          case "sent" -> new Verdict.Sent();
          case "again" -> new Verdict.Again(Duration.ofMillis(500), "status 503");
          default -> new Verdict.GivenUp("status 404");
        };

    new DeliveryMetrics(registry)
        .tried(
            new Tried(
                new Claimed(
                    Examples.mail(Examples.failure("nightly", "no day"), "ana@example.org"),
                    2,
                    Duration.ZERO),
                new Outcome.Sent(),
                verdict));

    assertThat(
            registry
                .get("mutirao_deliveries")
                .tags("channel", "MAIL", "outcome", outcome)
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith(words)
        .contains("delivery=msg_1", "try=2");
  }
}
