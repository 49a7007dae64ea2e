package io.mutirao.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopOrderTest {

  @Test
  void servicesStopBeforeTheBrokerAndTheDatabaseStopsLast() {
    assertThat(
            StopOrder.of(
                List.of(
                    "kafka",
                    "postgres",
                    "api-gateway",
                    "job-registry",
                    "run-dispatcher",
                    "worker-1",
                    "worker-2",
                    "notifier")))
        .containsExactly(
            "api-gateway",
            "job-registry",
            "worker-1",
            "worker-2",
            "run-dispatcher",
            "notifier",
            "kafka",
            "postgres");
  }
}
