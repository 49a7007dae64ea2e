package io.mutirao.systemtests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator asks the services. */
@OnJourneyStack
class OperationsIT {

  private final Mutirao mutirao;

  OperationsIT(Mutirao mutirao) {
    this.mutirao = mutirao;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api-gateway",
        "job-registry",
        "run-dispatcher",
        "worker-1",
        "worker-2",
        "notifier"
      })
  void everyServiceTellsItsHealthAndItsMetrics(String service) {
    for (String path : new String[] {"/q/health/live", "/q/health/ready"}) {
      Answer health = mutirao.askProcess(service, path);
      assertThat(health.ok().path("status").asText()).isEqualTo("UP");
    }
    Answer metrics = mutirao.askProcess(service, "/q/metrics");
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.text()).contains("# TYPE").contains("mutirao_");
  }

  @Test
  void whoKeepsStateIsReadyOnlyWithItsLanesAndItsDatabase() {
    for (String service : new String[] {"job-registry", "run-dispatcher", "notifier"}) {
      assertThat(mutirao.askProcess(service, "/q/health/ready").text())
          .contains("lanes")
          .contains("Database");
      assertThat(mutirao.metric(service, "mutirao_lanes_held")).isEqualTo(4);
      assertThat(mutirao.metric(service, "mutirao_lanes_stopped")).isZero();
    }
  }

  @Test
  void runsAreCounted() {
    Jobs jobs = mutirao.jobs();
    double accepted = mutirao.metric("run-dispatcher", "mutirao_runs_accepted_total");
    double finished = mutirao.metric("run-dispatcher", "mutirao_runs_finished_total");

    jobs.runToEnd(jobs.create(JobSettings.noop()));

    assertThat(mutirao.metric("run-dispatcher", "mutirao_runs_accepted_total"))
        .isEqualTo(accepted + 1);
    assertThat(mutirao.metric("run-dispatcher", "mutirao_runs_finished_total"))
        .isEqualTo(finished + 1);
  }

  @Test
  void noServiceSeesTheTablesOfAnother() {
    var database = mutirao.database();

    for (String role : new String[] {"registry", "dispatcher", "notifier"}) {
      assertThat(
              database.list(
                  """
                  select schema_name from information_schema.schemata
                   where schema_name in ('registry', 'dispatcher', 'notifier')
                     and has_schema_privilege(?, schema_name, 'usage')
                  """,
                  row -> row.getString(1),
                  role))
          .containsExactly(role);
    }
  }
}
