package io.mutirao.contracts.id;

/**
 * How many lanes this installation has, and which lane an id belongs to. A lane is partition n of
 * every laned topic; all that concerns one job happens in one lane, in one order.
 *
 * @param count fixed at installation; a different number of partitions is refused at start
 */
public record Lanes(int count) {

  public Lanes {
    if (count < 1 || count > 1024) {
      throw new IllegalArgumentException("lanes: from 1 to 1024, not " + count);
    }
  }

  public int of(LaneKey id) {
    return Math.floorMod(id.value(), count);
  }

  /**
   * The lane of something that has no id yet: a command that creates, by its command id.
   *
   * @param commandId as in {@code ce_id}; the same id always gives the same lane
   */
  public int of(String commandId) {
    return Math.floorMod(commandId.hashCode(), count);
  }

  /**
   * Mints the n-th id of a lane.
   *
   * @param n from 1, never used before in this lane
   */
  public long mint(int lane, long n) {
    return n * count + lane;
  }

  /**
   * An id of the same lane as this one that is minted nowhere: from the upper half of all ids. For
   * the second of two owners that count for themselves.
   *
   * @param minted as {@link #mint} gave it
   */
  public long upper(long minted) {
    return LaneKey.MAX / 2 / count * count + minted;
  }
}
