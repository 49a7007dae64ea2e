package io.mutirao.dispatcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobTrigger;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.topic.Codec;
import io.mutirao.dispatcher.lifecycle.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContinuousTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration LONGEST = Duration.ofMinutes(10);

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "2, 4", "9, 512", "10, 600", "1000000, 600"})
  void thePauseDoublesWithEachFailureUpToALimit(int failures, int seconds) {
    assertThat(Continuous.pause(failures, SECOND, LONGEST)).hasSeconds(seconds);
  }

  private static Run runOfTwo(boolean retryTasks) {
    ObjectNode spec = Codec.JSON.createObjectNode();
    JobDefinition plain =
        JobDefinition.of(
            "always",
            List.of(Task.of("a", "noop", spec), Task.of("b", "noop", spec)),
            "databricks",
            spec);
    JobDefinition always =
        new JobDefinition(
            plain.name(),
            plain.tasks(),
            1,
            0,
            plain.pool(),
            plain.dialect(),
            spec,
            null,
            null,
            null,
            Map.of(),
            new JobTrigger.Continuous(retryTasks, false),
            null,
            null);
    Run run =
        new Run(
            new Run.Fixed(
                new RunId(1),
                new JobId(1),
                1,
                1,
                false,
                always,
                RunRequest.continuous(0),
                NOON,
                "c",
                "ana"));
    for (int i = 0; i < 2; i++) {
      AttemptId id = new AttemptId(10 + i);
      run.tasks.add(new TaskRun(run, i, id, new TaskState.Offered(id, NOON), NOON, NOON));
    }
    return run;
  }

  @Test
  void aFailedTaskIsTriedAgainWhileAnotherIsAtItsFirstAttempt() {
    Run run = runOfTwo(true);
    TaskRun failed = run.tasks.getFirst();

    assertThat(Continuous.retries(failed)).isNotNull();
    run.tasks.getLast().attemptNumber = 1;
    assertThat(Continuous.retries(failed)).isNull();
    assertThat(Continuous.retries(runOfTwo(false).tasks.getFirst())).isNull();
  }

  @Test
  void aSuccessAndACancellationMakeItForgetTheFailures() {
    assertThat(Continuous.failures(4, Result.FAILED)).isEqualTo(5);
    assertThat(Continuous.failures(4, Result.TIMED_OUT)).isEqualTo(5);
    assertThat(Continuous.failures(4, Result.SUCCEEDED)).isZero();
    assertThat(Continuous.failures(4, Result.CANCELED)).isZero();
  }
}
