package io.mutirao.contracts.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * One node of a job: what a runner of its kind is to do.
 *
 * @param key unique within the job
 * @param kind the runner's kind, for example {@code python}
 * @param spec what that runner needs; only it reads this
 */
public record Task(String key, String kind, ObjectNode spec) {

  public Task {
    Objects.requireNonNull(key, "key is missing");
    Objects.requireNonNull(kind, "kind is missing");
    Objects.requireNonNull(spec, "spec is missing");
  }
}
