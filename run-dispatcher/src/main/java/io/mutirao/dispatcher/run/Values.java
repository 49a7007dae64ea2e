package io.mutirao.dispatcher.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.run.Result;
import io.mutirao.contracts.run.RunTrigger;
import io.mutirao.dispatcher.graph.References;
import io.mutirao.dispatcher.lifecycle.TaskState;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the dynamic value references of a task stand for, those of the Jobs API 2.1 and the older
 * forms of 2.0. Times are UTC, of when the run was accepted.
 */
final class Values implements References.Lookup {

  private static final String JOB_PARAMETER = "job.parameters.";
  private static final String START_TIME = "job.start_time.";
  private static final String TASKS = "tasks.";
  private static final String TOLD = "values.";

  private final TaskRun task;
  private final Run run;

  Values(TaskRun task) {
    this.task = task;
    this.run = task.run;
  }

  @Override
  public @Nullable String of(String reference) throws References.Unknown {
    if (reference.startsWith(JOB_PARAMETER)) {
      String value = Parameters.ofJob(run).get(reference.substring(JOB_PARAMETER.length()));
      return value == null ? null : References.resolve(value, this::besideParameters);
    }
    if (reference.startsWith(START_TIME)) {
      return time(run.fixed.createdAt(), reference.substring(START_TIME.length()));
    }
    if (reference.startsWith(TASKS)) {
      return ofTask(reference.substring(TASKS.length()));
    }
    if (task.iteration >= 0 && (reference.equals("input") || reference.startsWith("input."))) {
      return input(reference);
    }
    RunTrigger trigger = run.fixed.request().trigger();
    return switch (reference) {
      case "job.id", "job_id" -> run.fixed.job().toString();
      case "job.name" -> run.fixed.definition().name();
      case "job.run_id", "run.id", "parent_run_id" -> run.id().toString();
      case "job.repair_count" -> Integer.toString(run.repair);
      case "job.trigger.type" ->
          (trigger == null ? RunTrigger.ONE_TIME : trigger).name().toLowerCase(Locale.ROOT);
      case "run_id" -> run.ownTask() ? run.id().toString() : task.id.toString();
      case "task.run_id" -> task.id.toString();
      case "task.name", "task_key" -> task.task.key();
      case "task.execution_count" -> Integer.toString(task.attemptNumber + 1);
      case "task_retry_count" ->
          Integer.toString(run.ownTask() ? run.fixed.request().attempt() : task.attemptNumber);
      case "start_date" -> time(run.fixed.createdAt(), "iso_date");
      case "start_time" -> time(run.fixed.createdAt(), "timestamp_ms");
      case "workspace.id" -> "0";
      default -> null;
    };
  }

  /** In the value of a parameter: they do not stand for each other. */
  private @Nullable String besideParameters(String reference) throws References.Unknown {
    return reference.startsWith(JOB_PARAMETER) ? null : of(reference);
  }

  /** Of an iteration: its input, or a field of it. */
  private @Nullable String input(String reference) {
    TaskRun loop =
        run.tasks.stream().filter(t -> t.position == task.position).findAny().orElseThrow();
    try {
      JsonNode value = Loop.of(loop).inputs().get(task.iteration);
      JsonNode wanted =
          reference.equals("input") ? value : value.path(reference.substring("input.".length()));
      if (wanted.isMissingNode()) {
        return null;
      }
      return wanted.isValueNode() ? wanted.asText() : wanted.toString();
    } catch (References.Unknown e) {
      throw new IllegalStateException("it was resolved when the loop began", e);
    }
  }

  private static @Nullable String time(Instant at, String part) {
    OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
    DayOfWeek day = time.getDayOfWeek();
    return switch (part) {
      case "iso_date" -> time.toLocalDate().toString();
      case "iso_datetime" -> time.truncatedTo(ChronoUnit.SECONDS).toInstant().toString();
      case "timestamp_ms" -> Long.toString(at.toEpochMilli());
      case "year" -> Integer.toString(time.getYear());
      case "month" -> Integer.toString(time.getMonthValue());
      case "day" -> Integer.toString(time.getDayOfMonth());
      case "hour" -> Integer.toString(time.getHour());
      case "minute" -> Integer.toString(time.getMinute());
      case "second" -> Integer.toString(time.getSecond());
      case "iso_weekday" -> Integer.toString(day.getValue());
      case "is_weekday" -> Boolean.toString(day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY);
      default -> null;
    };
  }

  /** Of another task of the run: {@code key.part}; keys have no dots. */
  private @Nullable String ofTask(String reference) {
    int dot = reference.indexOf('.');
    if (dot < 0) {
      return null;
    }
    TaskRun other =
        run.tasks.stream()
            .filter(t -> t.task.key().equals(reference.substring(0, dot)))
            .findAny()
            .orElse(null);
    if (other == null) {
      return null;
    }
    String part = reference.substring(dot + 1);
    if (part.startsWith(TOLD)) {
      return other.state instanceof TaskState.Finished over
          ? text(over.left().values().get(part.substring(TOLD.length())))
          : null;
    }
    return switch (part) {
      case "run_id" -> other.id.toString();
      case "result_state" ->
          other.state instanceof TaskState.Finished over ? word(over.result()) : null;
      case "error_code" ->
          other.state instanceof TaskState.Finished over ? over.end().cause().name() : null;
      case "execution_count" -> Integer.toString(other.attemptNumber + 1);
      case "outcome" -> other.outcome;
      default -> null;
    };
  }

  /** A text is itself; anything else is its JSON. */
  private static @Nullable String text(@Nullable String json) {
    if (json == null) {
      return null;
    }
    JsonNode value = Sql.read(json, JsonNode.class);
    return value.isTextual() ? value.textValue() : json;
  }

  /** As users of the Jobs API compare it. */
  private static String word(Result result) {
    return switch (result) {
      case SUCCEEDED, SUCCEEDED_WITH_FAILURES -> "success";
      case FAILED, ERROR, SKIPPED -> "failed";
      case CANCELED -> "canceled";
      case TIMED_OUT -> "timedout";
      case EXCLUDED -> "excluded";
      case UPSTREAM_FAILED -> "upstream_failed";
      case UPSTREAM_CANCELED -> "upstream_canceled";
    };
  }
}
