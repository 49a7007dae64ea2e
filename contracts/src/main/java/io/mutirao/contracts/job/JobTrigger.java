package io.mutirao.contracts.job;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;

/** What starts runs of a job by itself; the registry watches it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface JobTrigger {

  boolean paused();

  /**
   * At times.
   *
   * @param expression as Quartz writes them: seconds first, six or seven parts
   * @param zone a time zone that Java knows
   */
  record Cron(String expression, String zone, boolean paused) implements JobTrigger {

    public Cron {
      Objects.requireNonNull(expression, "expression is missing");
      Objects.requireNonNull(zone, "zone is missing");
    }
  }

  /**
   * Every so often, from the time at which the job got this trigger.
   *
   * @param unit {@code HOURS}, {@code DAYS} or {@code WEEKS}
   */
  record Periodic(int interval, Unit unit, boolean paused) implements JobTrigger {

    /** Of {@code interval}. */
    public enum Unit {
      HOURS,
      DAYS,
      WEEKS
    }

    public Periodic {
      Objects.requireNonNull(unit, "unit is missing");
      if (interval < 1) {
        throw new IllegalArgumentException("interval: 1 or more, not " + interval);
      }
    }
  }

  /**
   * Always one run: the next begins when the last is over.
   *
   * @param retryTasks whether failed tasks are tried again before the run counts as failed
   */
  record Continuous(boolean retryTasks, boolean paused) implements JobTrigger {}

  /**
   * When files arrive under a path of the object store.
   *
   * @param path where to look
   * @param minSecondsBetween at least so long from one run to the next
   * @param quietSeconds so long after the last change
   */
  record FileArrival(String path, int minSecondsBetween, int quietSeconds, boolean paused)
      implements JobTrigger {

    public FileArrival {
      Objects.requireNonNull(path, "path is missing");
    }
  }
}
