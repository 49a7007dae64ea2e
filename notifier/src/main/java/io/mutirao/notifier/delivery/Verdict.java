package io.mutirao.notifier.delivery;

import java.time.Duration;

/** What becomes of a delivery after a try. */
sealed interface Verdict {

  record Sent() implements Verdict {}

  /** Tried again after this while. */
  record Again(Duration after, String why) implements Verdict {}

  record GivenUp(String why) implements Verdict {}
}
