package io.mutirao.dispatcher.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many tasks of a lane may be with workers at a time: borrowed from what the whole installation
 * may have, in blocks while there is plenty, one by one when there is not. Only the lane's owner
 * gives back, in the lane's transaction: so what all lanes hold is never less than what they use.
 */
final class Permits {

  /** So many at once, while there is plenty. */
  static final int BLOCK = 32;

  private static final Duration BETWEEN_ASKS = Duration.ofMillis(500);
  private static final Duration KEPT_IDLE = Duration.ofSeconds(2);

  private int held;
  private int used;

  /** Until somebody says that there is plenty: after a take-over nobody knows. */
  private boolean scarce = true;

  /** The least that was idle since {@code windowBegan}. */
  private int leastIdle;

  private Instant windowBegan = Instant.EPOCH;
  private Instant mayAskAt = Instant.EPOCH;

  /** What the lane has borrowed, as the database says. */
  void hold(int all) {
    held = all;
  }

  /** A task came to a worker's hands, or went out of them. */
  void use(int more) {
    used += more;
    leastIdle = Math.min(leastIdle, idle());
  }

  int idle() {
    return held - used;
  }

  int used() {
    return used;
  }

  /** How many are missing for that; 0 when there are enough. */
  int missing(int wanted) {
    return Math.max(0, wanted - idle());
  }

  /**
   * The owner of all of them was asked.
   *
   * @param all what the lane holds now
   * @param few whether there are so few left that none may lie idle
   * @param asked how many more were asked for: with fewer, the next question waits a little
   */
  void answered(int all, boolean few, int asked, Instant now) {
    mayAskAt = all - held < asked ? now.plus(BETWEEN_ASKS) : Instant.EPOCH;
    held = all;
    scarce = few;
  }

  /** When those who wait without having been refused yet may ask again. */
  Instant mayAskAt() {
    return mayAskAt;
  }

  /** How many to give back now; they are no longer held. */
  int giveBack(Instant now) {
    int back = scarce ? Math.max(0, idle()) : 0;
    if (!scarce && idle() > 0 && !now.isBefore(windowBegan.plus(KEPT_IDLE))) {
      back = Math.max(0, Math.min(leastIdle, idle()));
      windowBegan = now;
      leastIdle = idle() - back;
    }
    held -= back;
    return back;
  }

  /** When it is time to give back what lies idle. */
  Optional<Instant> due() {
    return idle() > 0
        ? Optional.of(scarce ? Instant.EPOCH : windowBegan.plus(KEPT_IDLE))
        : Optional.empty();
  }
}
