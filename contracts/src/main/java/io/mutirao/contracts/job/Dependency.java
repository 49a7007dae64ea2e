package io.mutirao.contracts.job;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task waits for another one.
 *
 * @param task the key of the task upstream
 * @param outcome of a condition upstream: {@code true} or {@code false}, whichever it must have
 *     come to; null: however it ended
 */
public record Dependency(String task, @Nullable String outcome) {

  public Dependency {
    Objects.requireNonNull(task, "task is missing");
  }
}
