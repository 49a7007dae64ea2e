package io.mutirao.systemtests.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mutirao.launcher.process.Signal;
import io.mutirao.systemtests.stack.AnotherInstance;
import io.mutirao.systemtests.stack.JobSettings;
import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import io.mutirao.systemtests.stack.OnJourneyStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A worker that is asked to end, as an operator or Kubernetes asks it. */
@OnJourneyStack
class DrainIT {

  private final Mutirao mutirao;
  private final Jobs jobs;

  DrainIT(Mutirao mutirao) {
    this.mutirao = mutirao;
    jobs = mutirao.jobs();
  }

  @Test
  void itTakesNoNewTasksAndEndsWhenTheLastOneThatRunsHas() throws Exception {
    Path go = mutirao.scripts().newFile(".go");
    long job =
        jobs.create(
            JobSettings.python(
                    mutirao
                        .scripts()
                        .write(
                            """
                            import os, time
                            while not os.path.exists("%s"):
                                time.sleep(.02)
                            print("done")
                            """
                                .formatted(go)))
                .with("existing_cluster_id", OnJourneyStack.POOL)
                .atMost(2));
    Map<String, String> patient =
        Map.of("MUTIRAO_WORKER_POOL", OnJourneyStack.POOL, "MUTIRAO_WORKER_GRACE", "60s");
    try (var worker = AnotherInstance.start(mutirao, "worker-1", "worker-drained", patient)) {
      worker.awaitTasks(mutirao, OnJourneyStack.POOL);
      long running = jobs.awaitRunning(jobs.runNow(job)).id();

      worker.signal(Signal.TERM);
      await("it takes no more offers")
          .atMost(Jobs.DEADLINE)
          .until(() -> worker.says().contains("tasks may run on"));
      long late = jobs.runNow(job);
      Files.createFile(go);

      assertThat(jobs.awaitEnd(running).state()).isEqualTo("TERMINATED SUCCESS");
      assertThat(jobs.logs(running)).isEqualTo("done\n");
      assertThat(worker.process().waitFor(Jobs.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(jobs.run(late).lifeCycle()).isEqualTo("PENDING");
      jobs.cancel(late);
      assertThat(jobs.awaitEnd(late).state()).isEqualTo("TERMINATED CANCELED");
    }
  }
}
