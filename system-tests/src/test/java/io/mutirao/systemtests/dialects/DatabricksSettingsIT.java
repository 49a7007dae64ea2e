package io.mutirao.systemtests.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.systemtests.journeys.Crowd;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import io.mutirao.systemtests.stack.Scripts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changing what a job is: jobs/reset and jobs/update. */
@OnJourneyStack
class DatabricksSettingsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Jobs jobs;
  private final Scripts scripts;

  DatabricksSettingsIT(Mutirao mutirao) {
    jobs = mutirao.jobs();
    scripts = mutirao.scripts();
  }

  private JsonNode settings(long job) {
    return jobs.get("get?job_id=" + job).ok().path("settings");
  }

  private Answer update(long job, Map<String, ?> newSettings, String... removed) {
    return jobs.post(
        "update",
        Map.of("job_id", job, "new_settings", newSettings, "fields_to_remove", List.of(removed)));
  }

  private Answer reset(long job, JobSettings settings) {
    return jobs.post("reset", Map.of("job_id", job, "new_settings", settings.fields()));
  }

  @Test
  void aResetReplacesAllSettingsAndNothingElse() {
    long job =
        jobs.create(JobSettings.noop().with("name", "before").with("tags", Map.of("a", "b")));
    JsonNode before = jobs.get("get?job_id=" + job).ok();

    assertThat(reset(job, JobSettings.noop().with("name", "after")).ok()).isEmpty();

    JsonNode after = jobs.get("get?job_id=" + job).ok();
    ObjectNode expected = JSON.valueToTree(JobSettings.noop().with("name", "after").fields());
    assertThat(after.path("settings")).isEqualTo(expected);
    for (String kept : List.of("job_id", "creator_user_name", "created_time", "run_as")) {
      assertThat(after.path(kept)).as(kept).isEqualTo(before.path(kept));
    }
  }

  @Test
  void aResetChangesFutureRunsOnlyButForTheTimeOut() {
    long job =
        jobs.create(
            JobSettings.python(scripts.write("import time; time.sleep(300)"))
                .with("name", "sleeps"));
    long run = jobs.runNow(job);
    jobs.awaitRunning(run);

    reset(job, JobSettings.noop().with("name", "does nothing").with("timeout_seconds", 2)).ok();

    assertThat(jobs.awaitEnd(run).state()).isEqualTo("TERMINATED TIMEDOUT");
    assertThat(jobs.run(run).json().path("run_name").asText()).isEqualTo("sleeps");
    assertThat(jobs.runToEnd(job).json().path("run_name").asText()).isEqualTo("does nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"new_settings\":null}",
        "{\"new_settings\":{}}",
        "{\"new_settings\":[]}",
        "{\"new_settings\":{\"noop_task\":{},\"max_concurrent_runs\":1001}}",
        "{\"new_settings\":{\"noop_task\":{},\"notebook_task\":{\"notebook_path\":\"/a\"}}}",
      })
  void aResetThatIsRefusedChangesNothing(String request) throws Exception {
    long job = jobs.create(JobSettings.noop().with("name", "stays"));
    JsonNode before = settings(job);

    Answer refused = jobs.post("reset", ((ObjectNode) JSON.readTree(request)).put("job_id", job));

    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
    assertThat(refused.message()).contains("new_settings");
    assertThat(settings(job)).isEqualTo(before);
  }

  @Test
  void anUpdateThatIsRefusedChangesNothingAtAll() {
    long job = jobs.create(JobSettings.noop().with("name", "stays").with("timeout_seconds", 60));
    JsonNode before = settings(job);

    Answer wrongField = update(job, Map.of("name", "other", "max_concurrent_runs", -1), "tags");
    Answer withoutTask = update(job, Map.of("name", "other"), "noop_task");
    Answer nested = update(job, Map.of("name", "other"), "noop_task/inner");

    assertThat(wrongField.status()).isEqualTo(400);
    assertThat(wrongField.message()).startsWith("max_concurrent_runs: expected");
    assertThat(withoutTask.message()).startsWith("A task is missing");
    assertThat(nested.message()).startsWith("fields_to_remove: expected");
    assertThat(settings(job)).isEqualTo(before);
  }

  @Test
  void ofAnUnknownJobNothingCanBeChanged() {
    for (String path : List.of("reset", "update")) {
      Answer refused =
          jobs.post(
              path, Map.of("job_id", 4_000_000_000L, "new_settings", JobSettings.noop().fields()));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.message()).isEqualTo("Job 4000000000 does not exist.");
    }
  }

  @Test
  void parallelUpdatesNeverMixAndNoneIsLost() {
    long job = jobs.create(JobSettings.noop());
    var next = new AtomicInteger();

    // Each writes two fields of one value, and a tag of its own.
    List<Integer> written =
        Crowd.of(16)
            .all(() -> {
              int n = next.incrementAndGet();
              update(
                      job,
                      Map.of("name", "n" + n, "description", "n" + n, "timeout_seconds", 60 + n))
                  .ok();
              return n;
            });

    JsonNode after = settings(job);
    assertThat(after.path("description")).isEqualTo(after.path("name"));
    assertThat("n" + (after.path("timeout_seconds").asInt() - 60))
        .isEqualTo(after.path("name").asText());
    assertThat(written).hasSize(16);
  }

  @Test
  void parallelUpdatesOfDifferentFieldsAllTakeEffect() {
    long job = jobs.create(JobSettings.noop());
    List<Map<String, Object>> changes = new ArrayList<>();
    Map<String, Object> expected = new LinkedHashMap<>(JobSettings.noop().fields());
    Map<String, Object> all =
        Map.of(
            "name",
            "together",
            "description",
            "d",
            "timeout_seconds",
            77,
            "max_concurrent_runs",
            5,
            "tags",
            Map.of("k", "v"),
            "email_notifications",
            Map.of("on_start", List.of("a@example.com")));
    all.forEach((field, value) -> changes.add(Map.of(field, value)));
    expected.putAll(all);
    var next = new AtomicInteger();

    Crowd.of(changes.size()).all(() -> update(job, changes.get(next.getAndIncrement())).ok());

    assertThat(settings(job)).isEqualTo(JSON.<JsonNode>valueToTree(expected));
  }
}
