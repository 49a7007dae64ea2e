package io.mutirao.systemtests.journeys;

import static io.mutirao.systemtests.stack.Jobs.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Sending the same request twice is safe when it carries a token. */
@OnJourneyStack
class IdempotencyIT {

  private final Jobs jobs;

  IdempotencyIT(Mutirao mutirao) {
    jobs = mutirao.jobs();
  }

  @Test
  void manyRequestsAtOnceWithOneTokenGiveOneRun() {
    long job = jobs.create(JobSettings.noop().atMost(100));
    String token = UUID.randomUUID().toString();

    List<Long> runs = Crowd.of(24).all(() -> jobs.runNow(request(job, token)));

    assertThat(runs).containsOnly(runs.getFirst());
    jobs.awaitEnd(runs.getFirst());
    assertThat(jobs.runNow(request(job, token))).isEqualTo(runs.getFirst());
    assertThat(jobs.runsOf(job)).hasSize(1);
  }

  @Test
  void oneTokenGivesOneRunWhicheverJobItNames() {
    // One lane after the other: each new job is in another.
    List<Long> all = Crowd.of(6).all(() -> jobs.create(JobSettings.noop().atMost(100)));
    String token = UUID.randomUUID().toString();
    var next = new AtomicInteger();

    List<Long> runs =
        Crowd.of(24)
            .all(() -> jobs.runNow(request(all.get(next.getAndIncrement() % all.size()), token)));

    assertThat(runs).containsOnly(runs.getFirst());
    assertThat(all.stream().mapToInt(job -> jobs.runsOf(job).size()).sum()).isEqualTo(1);
  }

  @Test
  void theAnswerToARepeatedRequestIsTheSame() {
    long job = jobs.create(JobSettings.noop());
    String token = UUID.randomUUID().toString();
    jobs.runToEnd(job);

    Answer first = jobs.post("run-now", request(job, token));
    Answer again = jobs.post("run-now", request(job, token));

    assertThat(first.ok().path("number_in_job").asLong()).isEqualTo(2);
    assertThat(again.ok()).isEqualTo(first.ok());
  }

  @Test
  void withoutATokenEachRequestIsARunOfItsOwn() {
    long job = jobs.create(JobSettings.noop().atMost(100));

    assertThat(jobs.runNow(job)).isNotEqualTo(jobs.runNow(job));
  }

  @Test
  void aTokenHasAtMost64Characters() {
    long job = jobs.create(JobSettings.noop().atMost(100));
    String longest = (UUID.randomUUID() + "-".repeat(64)).substring(0, 64);

    assertThat(jobs.runNow(request(job, longest))).isPositive();
    Answer refused = jobs.post("run-now", request(job, longest + "x"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
    assertThat(refused.message()).contains("idempotency_token").contains("64");
    assertThat(jobs.runsOf(job)).hasSize(1);
  }
}
