package io.mutirao.systemtests.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A class of journeys, all of which share one stack: an embedded one, or one that runs already and
 * sees the disk of this machine: {@code -Dtarget.data}, or {@code -Dtarget.url} and {@code
 * -Dtarget.token}. Its constructor may ask for {@link Mutirao}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Stacks.class)
@ResourceLock("journey stack")
public @interface OnJourneyStack {

  /** Another pool beside the default one, known from the start; a test may start its worker. */
  String POOL = "another";

  /** Whether this class sends what cannot be read; any other fails when it leaves dead letters. */
  boolean deadLetters() default false;
}
