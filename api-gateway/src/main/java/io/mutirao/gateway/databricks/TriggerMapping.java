package io.mutirao.gateway.databricks;

import io.mutirao.contracts.job.JobTrigger;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** schedule, trigger and continuous: what starts runs by itself. At most one of them is given. */
final class TriggerMapping {

  private static final int LEAST_SECONDS = 60;

  static @Nullable JobTrigger trigger(Fields settings) throws Rejected {
    List<String> given =
        Stream.of("schedule", "trigger", "continuous").filter(settings::has).toList();
    if (given.size() > 1) {
      throw Rejected.invalid(
          "Only one of schedule, trigger and continuous is allowed, not both "
              + given.get(0)
              + " and "
              + given.get(1));
    }
    Fields schedule = settings.object("schedule");
    if (schedule != null) {
      return cron(schedule);
    }
    Fields continuous = settings.object("continuous");
    if (continuous != null) {
      String mode = continuous.word("task_retry_mode", List.of("NEVER", "ON_FAILURE"));
      return new JobTrigger.Continuous("ON_FAILURE".equals(mode), paused(continuous));
    }
    Fields trigger = settings.object("trigger");
    return trigger == null ? null : condition(trigger);
  }

  private static JobTrigger cron(Fields schedule) throws Rejected {
    String expression = schedule.text("quartz_cron_expression").strip();
    try {
      int parts = expression.split("\\s+").length;
      if (parts < 6 || parts > 7) {
        throw new ParseException("there are " + parts, 0);
      }
      if (!everFires(new CronExpression(expression))) {
        throw schedule.wrong("quartz_cron_expression", "times that come (this one never fires)");
      }
    } catch (ParseException e) {
      throw schedule.wrong(
          "quartz_cron_expression",
          "six or seven parts, as Quartz writes them (" + e.getMessage() + ")");
    }
    String zone = schedule.text("timezone_id");
    try {
      ZoneId.of(zone, ZoneId.SHORT_IDS);
    } catch (DateTimeException e) {
      throw schedule.wrong("timezone_id", "a time zone that Java knows");
    }
    return new JobTrigger.Cron(expression, zone, paused(schedule));
  }

  /** Of all times, not of those to come: a job whose last one is over can still be changed. */
  private static boolean everFires(CronExpression expression) {
    try {
      return expression.getTimeAfter(Date.from(Instant.EPOCH)) != null;
    } catch (NoSuchElementException e) {
      return false; // a part without any value, as ",": Quartz takes it all the same
    }
  }

  private static @Nullable JobTrigger condition(Fields trigger) throws Rejected {
    List<String> kinds =
        Stream.of("periodic", "file_arrival", "table_update", "table")
            .filter(trigger::has)
            .toList();
    if (kinds.size() != 1) {
      throw Rejected.field(
          "trigger", "exactly one of periodic, file_arrival, table_update is expected");
    }
    boolean paused = paused(trigger);
    Fields periodic = trigger.object("periodic");
    if (periodic != null) {
      if (!periodic.has("interval")) {
        throw Rejected.field(
            periodic.at("interval"), "required field is missing, expected a whole number");
      }
      periodic.text("unit");
      String unit = periodic.word("unit", List.of("HOURS", "DAYS", "WEEKS"));
      int interval = periodic.whole("interval", 1, Integer.MAX_VALUE, 1);
      return new JobTrigger.Periodic(
          interval, JobTrigger.Periodic.Unit.valueOf(String.valueOf(unit)), paused);
    }
    Fields files = trigger.object("file_arrival");
    if (files != null) {
      return new JobTrigger.FileArrival(
          files.text("url"),
          files.whole("min_time_between_triggers_seconds", LEAST_SECONDS, Integer.MAX_VALUE, 0),
          files.whole("wait_after_last_change_seconds", LEAST_SECONDS, Integer.MAX_VALUE, 0),
          paused);
    }
    trigger.object(kinds.getFirst()); // of tables: kept, and nothing watches them
    return null;
  }

  private static boolean paused(Fields in) throws Rejected {
    return "PAUSED".equals(in.word("pause_status", List.of("PAUSED", "UNPAUSED")));
  }

  private TriggerMapping() {}
}
