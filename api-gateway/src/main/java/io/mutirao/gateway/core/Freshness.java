package io.mutirao.gateway.core;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Finds out whether what was read is still so. */
public interface Freshness {

  /** Of what has to be read again to find out. */
  Freshness UNKNOWN = told -> told.accept(false);

  /**
   * Tells whether it is so now or a moment later, never whether it was so before; false also when
   * nobody knows.
   *
   * @param told waited for by others; called at once, or later on any thread
   */
  void ask(Consumer<Boolean> told);

  /** Only for as long as something else is so, too. */
  default Freshness and(BooleanSupplier also) {
    return told -> ask(fresh -> told.accept(fresh && also.getAsBoolean()));
  }
}
