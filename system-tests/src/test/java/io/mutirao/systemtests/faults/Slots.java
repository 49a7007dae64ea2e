package io.mutirao.systemtests.faults;

import static org.awaitility.Awaitility.await;

import io.mutirao.systemtests.stack.Jobs;
import io.mutirao.systemtests.stack.Mutirao;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The seconds for which a job that has a run each second got one. */
record Slots(Mutirao mutirao, long job) {

  static Map<String, Object> everySecond(String pauseStatus) {
    return Map.of(
        "quartz_cron_expression", "* * * * * ?",
        "timezone_id", "America/Sao_Paulo",
        "pause_status", pauseStatus);
  }

  /** As the commands say that their runs answer, in milliseconds since 1970. */
  List<Long> fired() {
    return mutirao
        .database()
        .list(
            "select command_id from dispatcher.run where job_id = ?",
            row -> {
              String[] parts = row.getString(1).split("/", -1);
              return Long.parseLong(parts[parts.length - 1]);
            },
            job)
        .stream()
        .sorted()
        .toList();
  }

  void awaitMore(int runs) {
    int before = fired().size();
    await(runs + " more runs of the job that has one each second")
        .atMost(Jobs.DEADLINE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> fired().size() >= before + runs);
  }

  /** Waits until those that fired are over. */
  void awaitEnd() {
    await("the end of the runs that fired")
        .atMost(Jobs.DEADLINE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                mutirao
                    .database()
                    .number(
                        "select count(*) from dispatcher.run where job_id = ? and ended_at is null",
                        job),
            left -> left == 0);
  }

  /** What is missing, or there twice. */
  List<String> violations() {
    List<Long> fired = fired();
    List<String> violations = new ArrayList<>();
    for (int i = 1; i < fired.size(); i++) {
      long apart = fired.get(i) - fired.get(i - 1);
      if (apart != 1_000) {
        violations.add("after %d comes %d".formatted(fired.get(i - 1), fired.get(i)));
      }
    }
    return violations;
  }
}
