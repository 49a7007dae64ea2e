package io.mutirao.dispatcher.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** How patient the dispatcher is. */
@ConfigMapping(prefix = "mutirao")
public interface DispatcherConfig {

  /** How long a worker may be silent before its attempts are over. */
  @WithDefault("15s")
  Duration lease();

  /** After how long without word from any worker the claims of an offer are read. */
  @WithDefault("5s")
  Duration claimCheck();

  /** After how long an offer that nobody claimed is offered again. */
  @WithDefault("10m")
  Duration reoffer();

  /** How many tasks may be with workers at a time, in the whole installation. */
  @WithDefault("1000")
  int activeTasks();

  /** How many tasks a run of no saved job may have; of saved ones the registry sees to it. */
  @WithName("jobs.tasks")
  @WithDefault("100")
  int mostTasks();

  /** How long after its end the next run of a continuous job begins; doubled with each failure. */
  @WithDefault("1s")
  Duration continuousPause();

  /** The longest time between two runs of a continuous job that fails. */
  @WithDefault("10m")
  Duration continuousPauseMost();

  /** How long a run may wait to be let in; then it is skipped (Jobs API 2.2, queue). */
  @WithDefault("48h")
  Duration queueLimit();

  /** How long runs that are over are kept (Jobs API 2.0, introduction). */
  @WithDefault("60d")
  Duration retention();

  /** How long a lane rests after it found no run that is too old. */
  @WithDefault("10m")
  Duration retentionPause();
}
