package io.mutirao.registry.job;

import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.reply.Refusal;
import io.mutirao.contracts.reply.Reply.Refused;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.util.Optional;

/** How many jobs there may be, and how large (Jobs API 2.0, introduction). */
@ConfigMapping(prefix = "mutirao.jobs")
public interface JobLimits {

  /** Saved at a time. */
  @WithName("saved")
  @WithDefault("12000")
  int mostSaved();

  /** Created within an hour. */
  @WithName("hourly")
  @WithDefault("10000")
  int mostHourly();

  /** Tasks of one job; the same for registries and dispatchers. */
  @WithName("tasks")
  @WithDefault("100")
  int mostTasks();

  /**
   * How many there are.
   *
   * @param hourly created within the last hour, those that are deleted again included
   */
  record Stock(long saved, long hourly) {

    Stock created() {
      return new Stock(saved + 1, hourly + 1);
    }

    Stock deleted() {
      return new Stock(saved - 1, hourly);
    }
  }

  /** Why such a job can not be; empty: it can. */
  default Optional<Refused> refuse(String command, JobDefinition definition) {
    int tasks = definition.tasks().size();
    return tasks <= mostTasks()
        ? Optional.empty()
        : Optional.of(
            new Refused(
                command,
                Refusal.INVALID,
                "tasks: expected from 1 to " + mostTasks() + " tasks, not " + tasks));
  }

  /** Why there can be no more; empty: there can. */
  default Optional<Refused> refuse(String command, Stock stock) {
    if (stock.saved >= mostSaved()) {
      return Optional.of(
          new Refused(
              command,
              Refusal.JOB_QUOTA,
              "As many jobs are saved as are allowed, " + mostSaved() + ": delete some."));
    }
    if (stock.hourly >= mostHourly()) {
      return Optional.of(
          new Refused(
              command,
              Refusal.CREATE_RATE,
              "As many jobs were created within the hour as are allowed, " + mostHourly() + "."));
    }
    return Optional.empty();
  }
}
