package io.mutirao.contracts.id;

/** An id that carries its lane: {@code value mod lanes}. */
public sealed interface LaneKey permits JobId, RunId, AttemptId {

  /** The largest id: what a double holds exactly. */
  long MAX = (1L << 53) - 1;

  long value();

  static void requireInRange(String what, long value) {
    if (value < 1 || value > MAX) {
      throw new IllegalArgumentException(
          "a " + what + " id is a whole number from 1 to " + MAX + ", not " + value);
    }
  }
}
