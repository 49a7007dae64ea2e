package io.mutirao.systemtests.stack;

/**
 * What a stack is started for; those with the most to do first, so that none is left at the end.
 */
enum Purpose {
  JOURNEYS,
  FAULTS,
  /** As faults, with limits that are soon reached. */
  LIMITS,
  /** As faults, beside them. */
  OUTAGES;

  static Purpose of(Class<?> test) {
    if (test.isAnnotationPresent(OnNarrowStack.class)) {
      return LIMITS;
    }
    if (test.isAnnotationPresent(OnOutageStack.class)) {
      return OUTAGES;
    }
    return test.isAnnotationPresent(OnFaultStack.class) ? FAULTS : JOURNEYS;
  }
}
