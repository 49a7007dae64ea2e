package io.mutirao.registry.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;

/** How schedules fire. */
@ConfigMapping(prefix = "mutirao")
public interface ScheduleConfig {

  /** What becomes of the times that passed while no registry ran: last, all or none. */
  @WithDefault("last")
  Missed missedFires();

  /** A time that passed longer ago than this was missed; until then it only fires late. */
  @WithDefault("60s")
  Duration missedAfter();

  /** How often the files of a trigger are looked at. */
  @WithDefault("10s")
  Duration fileCheck();

  /** The directory of the object store, where files arrive. */
  @WithName("objects.dir")
  @WithDefault("objects")
  Path objects();
}
