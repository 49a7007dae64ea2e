package io.mutirao.systemtests.faults;

import static io.mutirao.systemtests.stack.OnNarrowStack.SAVED_JOBS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.systemtests.stack.AnotherInstance;
import io.mutirao.systemtests.stack.Answer;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnNarrowStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two registries, each with half of the lanes. */
@OnNarrowStack
class RegistriesIT {

  private final Mutirao mutirao;
  private final Jobs jobs;
  private final List<Long> made = new ArrayList<>();

  RegistriesIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
  }

  @AfterEach
  void theStackIsAsItWas() {
    await("the first registry has all lanes")
        .atMost(Jobs.DEADLINE)
        .until(() -> mutirao.metric("job-registry", "mutirao_lanes_held") == 4);
    made.forEach(job -> jobs.post("delete", Map.of("job_id", job)).ok());
  }

  @Test
  void whoeverCreatesAtTheSameTimeTogetherTheySaveNoMoreThanIsAllowed() throws Exception {
    try (var second = AnotherInstance.start(mutirao, "job-registry", "job-registry-2");
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      second.awaitLanes(2);
      long before = saved();
      List<Callable<Answer>> crowd = new ArrayList<>();
      for (int i = 0; i < 2 * SAVED_JOBS; i++) {
        crowd.add(() -> jobs.post("create", JobSettings.noop().fields()));
      }

      List<Future<Answer>> answers = callers.invokeAll(crowd);

      for (Future<Answer> future : answers) {
        Answer answer = future.get();
        if (answer.status() == 200) {
          made.add(answer.json().path("job_id").asLong());
        } else {
          assertThat(answer.errorCode()).as(answer.text()).isEqualTo("QUOTA_EXCEEDED");
        }
      }
      assertThat(made).hasSize((int) (SAVED_JOBS - before));
      assertThat(saved()).isEqualTo(SAVED_JOBS);
    }
  }

  private long saved() {
    return mutirao.database().number("select count(*) from registry.job where deleted_at is null");
  }
}
