package io.mutirao.contracts.topic;

import org.jspecify.annotations.Nullable;

/** A record that is not a message of its topic. It becomes a dead letter; the lane goes on. */
public final class Unreadable extends Exception {

  private static final long serialVersionUID = 1L;

  public Unreadable(String message) {
    this(message, null);
  }

  public Unreadable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
