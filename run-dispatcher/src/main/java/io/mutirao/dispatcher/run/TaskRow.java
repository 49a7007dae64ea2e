package io.mutirao.dispatcher.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.id.AttemptId;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.id.WorkerId;
import io.mutirao.contracts.run.Cause;
import io.mutirao.contracts.run.Phase;
import io.mutirao.contracts.run.Result;
import io.mutirao.dispatcher.lifecycle.TaskState;
import io.mutirao.dispatcher.lifecycle.TaskState.Becomes;
import io.mutirao.dispatcher.lifecycle.TaskState.Left;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A task's state, flat, as {@code run} and {@code task_run} have it. */
record TaskRow(
    Phase phase,
    @Nullable Instant offeredAt,
    @Nullable Instant retryAt,
    @Nullable WorkerId worker,
    @Nullable Instant startedAt,
    @Nullable Result becomes,
    @Nullable Cause cause,
    String message,
    @Nullable Result result,
    @Nullable Instant endedAt,
    Left left) {

  static TaskRow of(TaskState state) {
    return switch (state) {
      case TaskState.Blocked _ -> idle(state, null, null);
      case TaskState.Waiting waiting -> idle(state, null, waiting.until());
      case TaskState.Offered offered -> idle(state, offered.offeredAt(), null);
      case TaskState.Claimed claimed -> held(state, claimed.worker(), null, null);
      case TaskState.Running running -> held(state, running.worker(), running.startedAt(), null);
      case TaskState.Terminating ending ->
          held(state, ending.worker(), ending.startedAt(), ending.becomes());
      case TaskState.Delegated delegated ->
          held(state, null, delegated.startedAt(), delegated.becomes());
      case TaskState.Finished over ->
          new TaskRow(
              Phase.FINISHED,
              null,
              null,
              null,
              over.startedAt(),
              null,
              over.end().cause(),
              over.end().why(),
              over.end().result(),
              over.endedAt(),
              over.left());
    };
  }

  private static TaskRow idle(
      TaskState state, @Nullable Instant offeredAt, @Nullable Instant retryAt) {
    return new TaskRow(
        state.phase(), offeredAt, retryAt, null, null, null, null, "", null, null, Left.NOTHING);
  }

  private static TaskRow held(
      TaskState state,
      @Nullable WorkerId worker,
      @Nullable Instant startedAt,
      @Nullable Becomes becomes) {
    return new TaskRow(
        state.phase(),
        null,
        null,
        worker,
        startedAt,
        becomes == null ? null : becomes.result(),
        becomes == null ? null : becomes.cause(),
        becomes == null ? "" : becomes.why(),
        null,
        null,
        Left.NOTHING);
  }

  /**
   * Reads the columns of these names.
   *
   * @param told what it told other tasks, as JSON; null: nothing
   */
  static TaskRow read(ResultSet row, @Nullable String told) throws SQLException {
    String worker = row.getString("worker");
    return new TaskRow(
        Phase.valueOf(row.getString("phase")),
        Sql.instant(row, "offered_at"),
        Sql.instant(row, "retry_at"),
        worker == null ? null : new WorkerId(worker),
        Sql.instant(row, "started_at"),
        Sql.word(row, "becomes", Result.class),
        Sql.word(row, "cause", Cause.class),
        row.getString("message"),
        Sql.word(row, "result", Result.class),
        Sql.instant(row, "ended_at"),
        new Left(Sql.instant(row, "executed_until"), told == null ? Map.of() : values(told)));
  }

  private static Map<String, String> values(String told) {
    Map<String, String> values = new HashMap<>();
    Sql.read(told, ObjectNode.class)
        .properties()
        .forEach(value -> values.put(value.getKey(), value.getValue().toString()));
    return values;
  }

  /** What it told other tasks, as JSON; null: nothing. */
  @Nullable String told() {
    return left.values().isEmpty()
        ? null
        : left.values().entrySet().stream()
            .map(value -> Sql.json(value.getKey()) + ":" + value.getValue())
            .collect(Collectors.joining(",", "{", "}"));
  }

  TaskState state(AttemptId attempt) {
    return switch (phase) {
      case QUEUED, BLOCKED -> new TaskState.Blocked();
      case WAITING_FOR_RETRY -> new TaskState.Waiting(present(retryAt));
      case PENDING -> {
        if (retryAt != null) {
          yield new TaskState.Waiting(retryAt);
        }
        if (worker != null) {
          yield new TaskState.Claimed(attempt, worker);
        }
        // A run's own task that is not offered waits for a permit.
        yield offeredAt == null
            ? new TaskState.Blocked()
            : new TaskState.Offered(attempt, offeredAt);
      }
      case RUNNING -> new TaskState.Running(attempt, present(worker), present(startedAt));
      case TERMINATING ->
          new TaskState.Terminating(
              attempt,
              present(worker),
              startedAt,
              new Becomes(present(becomes), present(cause), message));
      case FINISHED -> new TaskState.Finished(end(), startedAt, present(endedAt), left);
    };
  }

  /** The state of a task that others carry out. */
  TaskState delegated(AttemptId attempt, @Nullable RunId child) {
    return phase == Phase.PENDING || phase == Phase.RUNNING || phase == Phase.TERMINATING
        ? new TaskState.Delegated(
            attempt,
            child,
            startedAt,
            becomes == null ? null : new Becomes(becomes, present(cause), message))
        : state(attempt);
  }

  /** How it ended. */
  Becomes end() {
    return new Becomes(present(result), present(cause), message);
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
