package io.mutirao.registry.schedule;

import io.mutirao.contracts.job.JobTrigger.FileArrival;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger has seen of the files that it watches. Pure.
 *
 * @param files when each of them was put, in milliseconds since 1970, by path
 * @param changedAt when files were last seen to have come; null: none since it fired
 * @param firedAt null: not yet
 */
record Arrivals(Map<String, Long> files, @Nullable Instant changedAt, @Nullable Instant firedAt) {

  Arrivals {
    files = Map.copyOf(files);
  }

  /** What is there when the watch begins has not arrived. */
  static Arrivals begin(Map<String, Long> files) {
    return new Arrivals(files, null, null);
  }

  /** After another look. A file that is gone is none that came. */
  Arrivals look(Map<String, Long> now, Instant at) {
    boolean came =
        now.entrySet().stream().anyMatch(file -> !file.getValue().equals(files.get(file.getKey())));
    return new Arrivals(now, came ? at : changedAt, firedAt);
  }

  /** Whether it is time to start a run for what came. */
  boolean fires(FileArrival trigger, Instant now) {
    return changedAt != null
        && !now.isBefore(changedAt.plusSeconds(trigger.quietSeconds()))
        && (firedAt == null || !now.isBefore(firedAt.plusSeconds(trigger.minSecondsBetween())));
  }

  Arrivals fired(Instant at) {
    return new Arrivals(files, null, at);
  }
}
