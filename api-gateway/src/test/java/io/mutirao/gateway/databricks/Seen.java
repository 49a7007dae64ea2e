package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobView;
import io.mutirao.contracts.job.Task;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunTrigger;
import io.mutirao.contracts.run.RunView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs and runs as their owners show them, in tests. Times are milliseconds. */
record Seen(
    ObjectNode settings,
    Phase phase,
    Result result,
    String message,
    Map<String, JsonNode> parameters,
    Long startedAt,
    Long endedAt,
    Long executedUntil) {

  static final Instant CREATED = Instant.ofEpochMilli(1_000_000);

  static Seen of(String settings) {
    return new Seen(Sent.object(settings), Phase.PENDING, null, "", Map.of(), null, null, null);
  }

  Seen in(Phase now, Result how) {
    return new Seen(settings, now, how, message, parameters, startedAt, endedAt, executedUntil);
  }

  Seen saying(String why) {
    return new Seen(settings, phase, result, why, parameters, startedAt, endedAt, executedUntil);
  }

  Seen with(Map<String, JsonNode> given) {
    return new Seen(settings, phase, result, message, given, startedAt, endedAt, executedUntil);
  }

  Seen from(Long start, Long end) {
    return new Seen(settings, phase, result, message, parameters, start, end, null);
  }

  Seen executedUntil(Long until) {
    return new Seen(settings, phase, result, message, parameters, startedAt, endedAt, until);
  }

  JobView job() {
    return new JobView(new JobId(7), 1, definition(), "ana", "ana", CREATED);
  }

  RunView run() {
    return new RunView(
        new RunId(12),
        new JobId(7),
        3,
        false,
        RunTrigger.ONE_TIME,
        new RunId(12),
        0,
        phase,
        result,
        result == null ? null : Cause.DONE,
        message,
        parameters,
        Map.of(),
        "ana",
        1,
        definition(),
        CREATED,
        at(startedAt),
        at(endedAt),
        List.of(task()),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private RunView.TaskRun task() {
    return new RunView.TaskRun(
        new AttemptId(16),
        "main",
        0,
        0,
        phase,
        result,
        result == null ? null : Cause.DONE,
        message,
        null,
        null,
        null,
        null,
        CREATED,
        at(startedAt),
        at(executedUntil),
        at(endedAt));
  }

  private static @Nullable Instant at(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  private JobDefinition definition() {
    Task task = Task.of("main", "noop", settings);
    return JobDefinition.of("a job", List.of(task), "databricks", settings);
  }
}
