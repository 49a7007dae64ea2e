package io.mutirao.systemtests.journeys;

import static io.mutirao.systemtests.stack.OnNarrowStack.ACTIVE_TASKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.systemtests.stack.Actives;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.Core;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnNarrowStack;
import io.mutirao.systemtests.stack.Run;
import io.mutirao.systemtests.stack.Scripts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an installation has room for. */
@OnNarrowStack
class LimitsIT {

  private static final String LONG = "import time; time.sleep(300)";

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final Scripts scripts;
  private final Deque<Long> made = new ArrayDeque<>();

  LimitsIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs().in("2.1");
    scripts = mutirao.scripts();
  }

  private long create(JobSettings settings) {
    long job = jobs.create(settings);
    made.add(job);
    return job;
  }

  @AfterEach
  void leaveNothingBehind() {
    made.forEach(job -> jobs.post("delete", Map.of("job_id", job)).ok());
    await("nothing is with workers").atMost(Jobs.DEADLINE).until(() -> Actives.now(mutirao) == 0);
  }

  private long sleeper() {
    return create(JobSettings.python(scripts.write(LONG)).atMost(1_000));
  }

  /** As many as there is room for, of two jobs in turn. */
  private List<Long> fill(long one, long other) {
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < ACTIVE_TASKS; i++) {
      runs.add(jobs.runNow(i % 2 == 0 ? one : other));
    }
    return runs;
  }

  @Test
  void whoAsksForMoreThanThereIsRoomForIsToldToComeAgainAndThenServed() {
    long one = sleeper();
    long other = sleeper();
    List<Long> runs = fill(one, other);

    Answer refused = jobs.post("run-now", Map.of("job_id", other));
    Answer submitted = jobs.post("runs/submit", JobSettings.python(scripts.write(LONG)).fields());

    assertThat(List.of(refused, submitted))
        .allSatisfy(answer -> {
          assertThat(answer.status()).isEqualTo(429);
          assertThat(answer.errorCode()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
          assertThat(answer.message()).contains(String.valueOf(ACTIVE_TASKS));
          assertThat(Integer.parseInt(answer.retryAfter())).isPositive();
        });
    jobs.cancel(runs.getFirst());
    jobs.awaitEnd(runs.getFirst());
    await("the next is accepted")
        .atMost(Jobs.DEADLINE)
        .until(() -> jobs.post("run-now", Map.of("job_id", other)).status() == 200);
    assertThat(jobs.post("run-now", Map.of("job_id", one)).status()).isEqualTo(429);
  }

  @Test
  void aRunThatMayWaitSaysForWhatAndJobsTakeTurns() {
    long one = sleeper();
    long other = sleeper();
    while (other % 4 != one % 4) {
      other = sleeper(); // of one lane: there the order is exact
    }
    List<Long> active = fill(one, other);
    long first = waiting(one);
    long second = waiting(one);
    long third = waiting(other);

    Run seen = jobs.run(first);
    assertThat(seen.lifeCycle()).isEqualTo("QUEUED");
    assertThat(seen.json().path("status").path("queue_details").path("code").asText())
        .isEqualTo("ACTIVE_RUNS_LIMIT_REACHED");
    assertThat(seen.json().path("status").path("queue_details").path("message").asText())
        .contains(String.valueOf(ACTIVE_TASKS));
    jobs.cancel(active.get(0));
    jobs.awaitRunning(first);
    assertThat(jobs.run(third).lifeCycle()).isEqualTo("QUEUED");
    jobs.cancel(active.get(1));
    jobs.awaitRunning(third);
    assertThat(jobs.run(second).lifeCycle()).isEqualTo("QUEUED");

    jobs.post("runs/cancel-all", Map.of("all_queued_runs", true)).ok();

    assertThat(jobs.awaitEnd(second).result()).isEqualTo("CANCELED");
    assertThat(jobs.run(first).isRunning()).isTrue();
  }

  private long waiting(long job) {
    return jobs.runNow(Map.of("job_id", job, "queue", Map.of("enabled", true)));
  }

  @Test
  void aRunOfManyTasksStartsNoMoreOfThemThanThereIsRoomFor() {
    String file = "file:" + scripts.write("import time; time.sleep(0.3)");
    var core = new Core(mutirao);
    var tasks =
        IntStream.range(0, 3 * ACTIVE_TASKS)
            .mapToObj(i -> Core.python("t" + i, file))
            .toArray(ObjectNode[]::new);
    long job = core.createJob(Core.definition(tasks));
    made.add(job);
    try (Actives watch = new Actives(mutirao)) {
      long run = core.run(job);

      assertThat(core.awaitFinished(run).path("result").asText()).isEqualTo("SUCCEEDED");
      assertThat(watch.most()).isPositive().isLessThanOrEqualTo(ACTIVE_TASKS);
    }
  }

  @Test
  void noMoreJobsAreSavedThanAreAllowed() {
    Answer answer = null;
    for (int i = 0; i <= OnNarrowStack.SAVED_JOBS; i++) {
      answer = jobs.post("create", JobSettings.noop().fields());
      if (answer.status() != 200) {
        break;
      }
      made.add(answer.json().path("job_id").asLong());
    }

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("QUOTA_EXCEEDED");
    assertThat(answer.message()).contains(String.valueOf(OnNarrowStack.SAVED_JOBS));
    assertThat(saved()).isEqualTo(OnNarrowStack.SAVED_JOBS);
    jobs.post("delete", Map.of("job_id", made.remove())).ok();
    create(JobSettings.noop());
  }

  /** As if another registry created a job in the same moment, of which this one cannot know yet. */
  @Test
  void aCreationWaitsForAnotherThatIsUnderWayAndCountsIt() throws Exception {
    while (saved() < OnNarrowStack.SAVED_JOBS - 1) {
      create(JobSettings.noop());
    }
    long others = 1_000_000_000_001L;
    try (Connection other = mutirao.database().connect();
        Statement statement = other.createStatement();
        ExecutorService caller = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      statement.execute(
          """
          set local search_path = registry;
          insert into job (job_id, version, name, definition, created_by, created_at)
          values (%d, 1, 'of another', '{}', 'ana', now());
          select keep_job_limits(%d, 1000000)
          """
              .formatted(others, OnNarrowStack.SAVED_JOBS));

      Future<Answer> created =
          caller.submit(() -> jobs.post("create", JobSettings.noop().fields()));

      await("it waits").atMost(Jobs.DEADLINE).until(() -> waitingForLocks() == 1);
      other.commit();
      assertThat(created.get().errorCode()).as(created.get().text()).isEqualTo("QUOTA_EXCEEDED");
    } finally {
      mutirao.database().execute("delete from registry.job where job_id = " + others);
    }
  }

  private long waitingForLocks() {
    return mutirao
        .database()
        .number("select count(*) from pg_locks where locktype = 'advisory' and not granted");
  }

  private long saved() {
    return mutirao.database().number("select count(*) from registry.job where deleted_at is null");
  }

  @Test
  void noMoreJobsAreCreatedInAnHourThanAreAllowedThoseOfSubmittedRunsIncluded()
      throws SQLException {
    for (int i = 0; i < 3; i++) {
      jobs.awaitEnd(submit().ok().path("run_id").asLong());
    }
    Answer answer;
    do {
      answer = jobs.post("create", JobSettings.noop().fields());
      if (answer.status() == 200) {
        jobs.post("delete", Map.of("job_id", answer.json().path("job_id").asLong())).ok();
      }
    } while (answer.status() == 200);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.errorCode()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
    assertThat(answer.retryAfter()).isNotEmpty();
    assertThat(createdLately()).isEqualTo(OnNarrowStack.HOURLY_JOBS);
    assertThat(submit().status()).isEqualTo(429);
    anHourPasses();
    create(JobSettings.noop());
    jobs.awaitEnd(submit().ok().path("run_id").asLong());
  }

  private Answer submit() {
    return jobs.post("runs/submit", JobSettings.noop().with("run_name", "once").fields());
  }

  private long createdLately() {
    String lately = "created_at > now() - interval '1 hour'";
    return mutirao.database().number("select count(*) from registry.job where " + lately)
        + mutirao
            .database()
            .number("select count(*) from dispatcher.run where submitted and " + lately);
  }

  private void anHourPasses() throws SQLException {
    try (var db = mutirao.database().connect();
        Statement statement = db.createStatement()) {
      statement.execute("update registry.job set created_at = created_at - interval '1 hour'");
    }
  }
}
