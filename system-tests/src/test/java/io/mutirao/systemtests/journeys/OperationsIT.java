package io.mutirao.systemtests.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator asks the services. */
@OnJourneyStack
class OperationsIT {

  private static final Duration IDLE = Duration.ofSeconds(5);

  /** As the launcher has PostgreSQL write it: the role stands before what it asked for. */
  private static final Pattern STATEMENT =
      Pattern.compile("] (registry|dispatcher|notifier) LOG: {2}(?:execute|statement)");

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
  void anIdleServiceAsksItsDatabaseForAtMostOneStatementASecond() throws IOException {
    mutirao.stack(); // of another we do not see the log
    Path log = mutirao.dataFolder().resolve("logs/postgres.log");
    mutirao.database().execute("alter system set log_statement = 'all'");
    try {
      mutirao.database().execute("select pg_reload_conf()");
      await("a stack that has done what the tests before asked for")
          .atMost(Jobs.DEADLINE)
          .untilAsserted(() -> {
            long before = Files.size(log);
            Thread.sleep(IDLE);
            assertThat(statements(log, before).values())
                .as("statements of each role in %s", IDLE)
                .allMatch(count -> count <= IDLE.toSeconds() + 1); // one at each end
          });
      mutirao.jobs().runToEnd(mutirao.jobs().create(JobSettings.noop()));
      assertThat(statements(log, 0)).containsKeys("dispatcher", "registry");
    } finally {
      mutirao.database().execute("alter system reset log_statement");
      mutirao.database().execute("select pg_reload_conf()");
    }
  }

  /** How many statements each role sent, by the lines of the log from there on. */
  private static Map<String, Long> statements(Path log, long from) throws IOException {
    try (var file = Files.newByteChannel(log)) {
      file.position(from);
      return new BufferedReader(Channels.newReader(file, UTF_8))
          .lines()
          .map(STATEMENT::matcher)
          .filter(Matcher::find)
          .collect(groupingBy(line -> line.group(1), counting()));
    }
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
