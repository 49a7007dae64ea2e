package io.mutirao.contracts.topic;

import java.util.Objects;

/**
 * A topic, tied to what travels on it.
 *
 * @param <M> the sealed family of its messages
 */
public record Topic<M extends Message>(String name, Class<M> type) {
  public Topic {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
  }

  @Override
  public String toString() {
    return name;
  }
}
