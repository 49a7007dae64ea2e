package io.mutirao.contracts.job;

import java.util.Objects;

/**
 * Somebody may do something with a job.
 *
 * @param principal the name of a user, group or service principal
 */
public record Grant(Kind kind, String principal, Level level) {

  /** Who is meant by {@code principal}. */
  public enum Kind {
    USER,
    GROUP,
    SERVICE_PRINCIPAL
  }

  /** Each level includes those before it. */
  public enum Level {
    /** Sees the job, its runs and their output. */
    VIEW,
    /** Starts, cancels and repairs runs. */
    RUN,
    /** Changes and deletes the job, and says who else may. */
    MANAGE,
    /** Its runs act as this one; exactly one user or service principal. */
    OWNER
  }

  public Grant {
    Objects.requireNonNull(kind, "kind is missing");
    Objects.requireNonNull(principal, "principal is missing");
    Objects.requireNonNull(level, "level is missing");
  }
}
