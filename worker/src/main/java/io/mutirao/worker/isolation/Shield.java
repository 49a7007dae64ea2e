package io.mutirao.worker.isolation;

/** How far tasks are walled off, the farthest first. */
enum Shield {
  /** By bubblewrap, as a user without rights. */
  WALLED_UNPRIVILEGED("bubblewrap, as another user"),
  /** By bubblewrap. */
  WALLED("bubblewrap"),
  /** Only as a user without rights. */
  UNPRIVILEGED("another user only, without bubblewrap"),
  /** Not at all. */
  PLAIN("nothing");

  final String words;

  Shield(String words) {
    this.words = words;
  }

  boolean walled() {
    return this == WALLED || this == WALLED_UNPRIVILEGED;
  }

  boolean unprivileged() {
    return this == UNPRIVILEGED || this == WALLED_UNPRIVILEGED;
  }
}
