package io.mutirao.systemtests.faults;

import static io.mutirao.systemtests.stack.Core.definition;
import static io.mutirao.systemtests.stack.Core.python;
import static io.mutirao.systemtests.stack.Core.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.systemtests.stack.Core;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnFaultStack;
import io.mutirao.systemtests.stack.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * What time brings, though lanes are taken over meanwhile. Days go by as rows are moved into the
 * past: whoever takes a lane over reads them.
 */
@OnFaultStack
class TimersIT {

  private static final Map<String, Object> EACH_MINUTE =
      Map.of(
          "quartz_cron_expression", "0 * * * * ?",
          "timezone_id", "UTC",
          "pause_status", "UNPAUSED");

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Core core;

  TimersIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
    core = new Core(mutirao);
  }

  private static void awaitThat(String words, Callable<Boolean> condition) {
    await(words).atMost(Jobs.DEADLINE).until(condition);
  }

  private void execute(String statements) {
    mutirao.database().execute(statements);
  }

  /** As if another instance had moved all lanes: with its next input, each is read again. */
  private void takeLanesOver(String service) {
    execute("update %s.lane set batch = batch + 1000, minted = minted + 1000".formatted(service));
  }

  private double takenOver(String process) {
    return mutirao.metric(process, "mutirao_lane_takeovers_total");
  }

  private ObjectNode sleeps() {
    return python("sleeps", "file:" + mutirao.scripts().write("import time; time.sleep(300)"));
  }

  private List<JsonNode> events(long run, String type) {
    return core.events(run).stream()
        .filter(event -> event.path("type").asText().equals(type))
        .toList();
  }

  private static Instant date(JsonNode event, String field) {
    return Instant.parse(event.path(field).asText());
  }

  /** Hole B6. Some dates pass before the lanes are taken over, the others after it. */
  @Test
  void aDateComesOnceThoughItsLaneIsTakenOver() {
    ObjectNode fails = python("a", "file:" + mutirao.scripts().write("import sys; sys.exit(1)"));
    fails
        .withObject("/retry")
        .put("max", 1)
        .put("minIntervalMillis", 4_000)
        .put("onTimeout", false);
    ObjectNode late = definition(sleeps()).put("warnAfterSeconds", 3).put("timeoutSeconds", 5);
    long warned = core.run(core.createJob(definition(sleeps()).put("warnAfterSeconds", 1)));
    long timed = core.run(core.createJob(late));
    long tried = core.run(core.createJob(definition(fails, task("b", "noop", "a"))));
    awaitThat("the warning", () -> events(warned, "DurationWarning").size() == 1);
    awaitThat("the first attempt is over", () -> core.ended(tried, 0).size() == 1);
    double before = takenOver("run-dispatcher");

    takeLanesOver("dispatcher");

    JsonNode end = core.awaitFinished(timed);
    assertThat(end.path("result").asText()).isEqualTo("TIMED_OUT");
    assertThat(date(end, "at")).isAfter(date(end, "startedAt").plusMillis(4_900));
    assertThat(core.awaitFinished(tried).path("result").asText()).isEqualTo("FAILED");
    jobs.cancel(warned);
    core.awaitFinished(warned);
    assertThat(takenOver("run-dispatcher")).isGreaterThanOrEqualTo(before + 2);
    assertThat(events(warned, "DurationWarning")).hasSize(1);
    assertThat(events(timed, "DurationWarning")).hasSize(1);
    assertThat(core.ended(tried, 0))
        .containsExactly("a:0:FAILED", "a:1:FAILED", "b:0:UPSTREAM_FAILED");
    List<Instant> starts =
        core.events(tried).stream()
            .filter(event -> event.path("phase").asText().equals("RUNNING"))
            .map(event -> date(event, "startedAt"))
            .toList();
    assertThat(starts).hasSize(2);
    assertThat(starts.getLast()).isAfter(starts.getFirst().plusMillis(3_900));
  }

  @Test
  void aRunThatWaitedInTheQueueForTwoDaysIsSkipped() {
    ObjectNode definition = definition(sleeps()).put("queue", true);
    long job = core.createJob(definition);
    long active = core.run(job);
    long waited = core.run(job);
    execute(
        "update dispatcher.run set created_at = created_at - interval '48 hours' where run_id = "
            + waited);

    takeLanesOver("dispatcher");
    long waits = core.run(job);

    Run end = jobs.awaitEnd(waited);
    assertThat(end.lifeCycle()).isEqualTo("SKIPPED");
    assertThat(end.message())
        .isEqualTo("Skipped: it waited in the queue for longer than is allowed.");
    assertThat(core.awaitFinished(waited).path("result").asText()).isEqualTo("SKIPPED");
    assertThat(jobs.run(active).isFinal()).isFalse();
    assertThat(jobs.run(waits).isFinal()).isFalse();
    jobs.post("delete", Map.of("job_id", job)).ok();
  }

  @Test
  void aRunIsRemovedSixtyDaysAfterItsEnd() {
    long job = jobs.create(JobSettings.noop().atMost(1_000));
    long old = jobs.runToEnd(job).id();
    long younger = jobs.runToEnd(job).id();
    // What is finished does not change; this once it has to.
    execute(
        """
        set session_replication_role = replica;
        update dispatcher.run
           set created_at = created_at - interval '61 days',
               ended_at = ended_at
                 - case run_id when %1$d then interval '60 days' else interval '59 days' end
         where run_id in (%1$d, %2$d)
        """
            .formatted(old, younger));

    takeLanesOver("dispatcher");
    jobs.runToEnd(job);

    awaitThat("it is gone", () -> jobs.get("runs/get?run_id=" + old).status() == 400);
    assertThat(jobs.get("runs/get?run_id=" + old).message())
        .isEqualTo("Run " + old + " does not exist.");
    assertThat(jobs.run(younger).state()).isEqualTo("TERMINATED SUCCESS");
    assertThat(jobs.runsOf(job)).hasSize(2);
    assertThat(jobs.runToEnd(job).numberInJob()).isEqualTo(4);
  }

  /** Else a list of all runs would go through them each time, on its way to those that it shows. */
  @Test
  void whatADeletedJobRanIsRemovedLongBeforeThat() {
    long deleted = jobs.create(JobSettings.noop().atMost(1_000));
    long other = jobs.create(JobSettings.noop().atMost(1_000));
    List.of(deleted, deleted, other).forEach(jobs::runToEnd);
    jobs.post("delete", Map.of("job_id", deleted)).ok();

    takeLanesOver("dispatcher");
    jobs.runToEnd(inLaneOf(deleted, JobSettings.noop())); // else nobody there notices for a while

    awaitThat("they are gone", () -> runs(deleted) == 0);
    assertThat(runs(other)).isEqualTo(1);
    awaitThat(
        "and are not looked for again",
        () ->
            mutirao
                    .database()
                    .number(
                        "select count(*) from dispatcher.job where cleared and job_id = ?", deleted)
                == 1);
    jobs.post("delete", Map.of("job_id", other)).ok();
  }

  /** Of the times that passed while no registry was there the last fires, once. */
  @Test
  void ofTheTimesThatWereMissedTheLastFiresAndOfAPausedScheduleNone() {
    Map<String, Object> paused =
        Map.of(
            "quartz_cron_expression",
            "0 * * * * ?",
            "timezone_id",
            "UTC",
            "pause_status",
            "PAUSED");
    long missed = jobs.create(JobSettings.noop().atMost(9).with("schedule", EACH_MINUTE));
    long pauses = inLaneOf(missed, JobSettings.noop().with("schedule", paused));
    Map<String, Object> hourly =
        Map.of("periodic", Map.of("interval", 1, "unit", "HOURS"), "pause_status", "UNPAUSED");
    long periodic = inLaneOf(missed, JobSettings.noop().with("trigger", hourly));
    execute(
        "update registry.schedule set next_fire = date_trunc('minute', now()) - interval '3 hours'"
            + " where job_id in (%d, %d)".formatted(missed, periodic));

    takeLanesOver("registry");
    jobs.post("update", Map.of("job_id", pauses, "new_settings", Map.of("name", "other"))).ok();

    awaitThat("both have run", () -> runs(missed) + runs(periodic) >= 2);
    long fired = mutirao.database().number("select extract(epoch from now())::bigint / 60 * 60000");
    List<Long> slots = new Slots(mutirao, missed).fired();
    // The next minute may have begun since.
    assertThat(slots.getFirst()).isBetween(fired - 60_000, fired);
    assertThat(slots.size()).isLessThanOrEqualTo(2);
    assertThat(runs(periodic)).isEqualTo(1);
    assertThat(runs(pauses)).isZero();
    assertThat(jobs.runsOf(periodic).getFirst().json().path("trigger").asText())
        .isEqualTo("PERIODIC");
    List.of(missed, pauses, periodic)
        .forEach(job -> jobs.post("delete", Map.of("job_id", job)).ok());
  }

  private long runs(long job) {
    return mutirao.database().number("select count(*) from dispatcher.run where job_id = ?", job);
  }

  /** A new job of the same lane; those of others are deleted again. */
  private long inLaneOf(long job, JobSettings settings) {
    List<Long> others = new ArrayList<>();
    long made = jobs.in("2.1").create(settings);
    while (made % 4 != job % 4) {
      others.add(made);
      made = jobs.in("2.1").create(settings);
    }
    others.forEach(other -> jobs.post("delete", Map.of("job_id", other)).ok());
    return made;
  }
}
