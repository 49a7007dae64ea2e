package io.mutirao.gateway.core;

import java.util.function.BooleanSupplier;

/**
 * What was read just now.
 *
 * @param what never changes; whoever reads again what is still so may be given the same object
 * @param freshness whether it still is so, for those who keep it
 */
public record Fresh<T>(T what, Freshness freshness) {

  /** Of which nobody can tell how long it will be so. */
  public static <T> Fresh<T> now(T what) {
    return new Fresh<>(what, Freshness.UNKNOWN);
  }

  /** Only for as long as something else is so, too. */
  public Fresh<T> and(BooleanSupplier also) {
    return new Fresh<>(what, freshness.and(also));
  }
}
