package io.mutirao.systemtests.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A class that comes to the limits of an installation, on a stack where they are soon reached and
 * leases are short. Its constructor may ask for {@link Mutirao}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Stacks.class)
@ResourceLock("narrow stack")
public @interface OnNarrowStack {

  /** How many tasks may be with workers at a time; there are as many slots. */
  int ACTIVE_TASKS = 6;

  int SAVED_JOBS = 25;

  int HOURLY_JOBS = 120;
}
