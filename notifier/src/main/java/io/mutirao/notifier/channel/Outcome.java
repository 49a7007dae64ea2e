package io.mutirao.notifier.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one try. */
public sealed interface Outcome {

  /** The target said that it has it. */
  record Sent() implements Outcome {}

  /** It will never take this message. */
  record Refused(String why) implements Outcome {}

  /**
   * It may take the message later.
   *
   * @param after when, if it said so
   * @param silent whether it did not answer at all: then it is not asked so often at a time
   */
  record NotNow(String why, @Nullable Duration after, boolean silent) implements Outcome {

    static NotNow silent(String why) {
      return new NotNow(why, null, true);
    }
  }
}
