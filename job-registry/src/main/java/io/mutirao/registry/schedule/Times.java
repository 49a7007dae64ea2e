package io.mutirao.registry.schedule;

import io.mutirao.contracts.job.JobTrigger;
import io.mutirao.contracts.job.JobTrigger.Cron;
import io.mutirao.contracts.job.JobTrigger.Periodic;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** The times at which a trigger fires. Pure. */
public sealed interface Times {

  /** The first time later than that one; none when there will be no more. */
  Optional<Instant> after(Instant that);

  /**
   * As Quartz decides, by its own code: what happens on the days when the clocks change, too.
   *
   * @param expression with its time zone
   */
  record OfCron(CronExpression expression) implements Times {

    @Override
    public Optional<Instant> after(Instant that) {
      try {
        // Quartz counts in whole seconds.
        Date next = expression.getTimeAfter(Date.from(that));
        return Optional.ofNullable(next).map(Date::toInstant);
      } catch (NoSuchElementException e) {
        return Optional.empty(); // a part without any value, as ",": Quartz takes it all the same
      }
    }
  }

  /** Every so often, counted from one time on. */
  record OfPeriod(Instant since, Duration period) implements Times {

    @Override
    public Optional<Instant> after(Instant that) {
      if (that.isBefore(since)) {
        return Optional.of(since.plus(period));
      }
      long passed = Duration.between(since, that).dividedBy(period);
      return Optional.of(since.plus(period.multipliedBy(passed + 1)));
    }
  }

  /** Nothing that follows the clock. */
  record None() implements Times {

    @Override
    public Optional<Instant> after(Instant that) {
      return Optional.empty();
    }
  }

  /**
   * The times of a trigger.
   *
   * @param since when the job got it
   * @throws IllegalArgumentException with what is wrong with it, for a person
   */
  static Times of(JobTrigger trigger, Instant since) {
    return switch (trigger) {
      case Cron cron -> new OfCron(expression(cron));
      case Periodic(int interval, var unit, _) ->
          new OfPeriod(
              since,
              switch (unit) {
                case HOURS -> Duration.ofHours(interval);
                case DAYS -> Duration.ofDays(interval);
                case WEEKS -> Duration.ofDays(7L * interval);
              });
      case JobTrigger.Continuous _, JobTrigger.FileArrival _ -> new None();
    };
  }

  /** Why such a trigger can fire at no time, for a person; empty: it can. */
  static Optional<String> wrongWith(@Nullable JobTrigger trigger) {
    try {
      boolean never =
          trigger instanceof Cron cron
              && new OfCron(expression(cron)).after(Instant.EPOCH).isEmpty();
      return never ? Optional.of("trigger: expression: it never fires") : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("trigger: " + e.getMessage());
    }
  }

  private static CronExpression expression(Cron cron) {
    int parts = cron.expression().strip().split("\\s+").length;
    if (parts < 6 || parts > 7) {
      throw new IllegalArgumentException(
          "expression: six or seven parts are expected, not " + parts);
    }
    try {
      CronExpression expression = new CronExpression(cron.expression().strip());
      expression.setTimeZone(TimeZone.getTimeZone(ZoneId.of(cron.zone(), ZoneId.SHORT_IDS)));
      return expression;
    } catch (ParseException e) {
      throw new IllegalArgumentException("expression: " + e.getMessage(), e);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("zone: Java knows no " + cron.zone(), e);
    }
  }
}
